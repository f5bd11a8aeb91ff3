/* What one is writing is kept by itself: in the account, or on this device where there is none.
   Without this file the button «Guardar borrador» does it. */
(() => {
  "use strict";
  if (window.borradorListo) return;
  window.borradorListo = true;
  const ESPERA = 2500;
  const FUERA = new Set(["csrfmiddlewaretoken", "correo", "tramo_edad", "guardar", "visto", "pisar", "lugar", "accion", "seguro", "sitio_web", "persona"]);
  const URL_BORRADORES = "/mis-aportes/borradores/";
  const hora = (fecha) => fecha.toLocaleTimeString("es-CL", { hour: "2-digit", minute: "2-digit", hour12: false });

  const equipo = {
    clave: (form) => `borrador:${form.dataset.lugar}`,
    leer(form) {
      try { return JSON.parse(localStorage.getItem(this.clave(form))); } catch { return null; }
    },
    guardar(form, campos) {
      try {
        localStorage.setItem(this.clave(form), JSON.stringify({ en: new Date().toISOString(), campos }));
        return true;
      } catch { return false; }
    },
    olvidar(form) { try { localStorage.removeItem(this.clave(form)); } catch { /* not allowed here */ } },
  };

  // Of this tab: what was sent last to each place, once the page that follows said that it arrived
  const enviados = {
    nota(que, lugar, valor) { try { sessionStorage.setItem(`${que}:${lugar}`, valor); } catch { /* not allowed here */ } },
    lee(que, lugar) { try { return sessionStorage.getItem(`${que}:${lugar}`); } catch { return null; } },
  };
  const palabras = (campos) => JSON.stringify(Object.entries(campos).filter(([nombre]) => nombre !== "clave"));

  const escrito = (form) => {
    const campos = {};
    for (const [nombre, valor] of new FormData(form)) {
      if (FUERA.has(nombre) || nombre.startsWith("altcha") || typeof valor !== "string") continue;
      (campos[nombre] ||= []).push(valor);
    }
    return campos;
  };

  const poner = (form, campos) => {
    for (const control of form.elements) {
      if (!control.name || FUERA.has(control.name) || control.type === "file" || control.type === "submit") continue;
      const valores = campos[control.name];
      if (control.type === "checkbox" || control.type === "radio") {
        if (valores || control.type === "checkbox") control.checked = Boolean(valores && valores.includes(control.value));
      } else if (valores && valores.length) {
        if (control.multiple) for (const o of control.options) o.selected = valores.includes(o.value);
        else control.value = valores[0];
        control.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
  };

  const boton = (texto, accion) => {
    const b = document.createElement("button");
    b.type = "button";
    b.className = "boton boton--texto boton--chico";
    b.textContent = texto;
    b.addEventListener("click", accion);
    return b;
  };

  const preparar = (form) => {
    const estado = form.querySelector("[data-borrador-estado]");
    const visto = form.elements.visto;
    if (!estado || form.dataset.borradorListo) return;
    form.dataset.borradorListo = "si";
    const enCuenta = form.dataset.borrador === "cuenta";
    const aviso = estado.textContent;
    const guardarAMano = form.querySelector("[data-borrador-boton]");
    if (guardarAMano && !form.elements.pisar) guardarAMano.hidden = true;
    estado.setAttribute("role", "status");
    let espera = 0;
    let enviado = false;
    let pisar = false;
    let ultimo = JSON.stringify(escrito(form));

    const decir = (texto, ...botones) => estado.replaceChildren(texto, ...botones.flatMap((b) => [" ", b]));
    const descartar = () => {
      clearTimeout(espera);
      equipo.olvidar(form);
      form.reset();
      ultimo = JSON.stringify(escrito(form));
      decir("Borrador descartado.");
    };

    const enEquipo = (campos, porque) => {
      if (equipo.guardar(form, campos)) decir(`Guardado en este equipo a las ${hora(new Date())}.${porque}`, boton("Descartar", descartar));
      else decir("No se pudo guardar en este equipo: copie su texto antes de salir.");
    };

    const enSuCuenta = async (campos) => {
      const datos = new URLSearchParams({ lugar: form.dataset.lugar, visto: visto ? visto.value : "" });
      if (pisar) datos.set("pisar", "1");
      for (const [nombre, valores] of Object.entries(campos)) for (const v of valores) datos.append(nombre, v);
      const respuesta = await fetch(URL_BORRADORES, {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        body: datos,
      });
      const dicho = await respuesta.json();
      if (respuesta.status === 409) {
        decir(
          `Hay un borrador más reciente, guardado a las ${dicho.hora} en otra pestaña u otro equipo.`,
          boton("Abrir ese", () => { enviado = true; window.location.reload(); }),
          boton("Seguir con este", () => { pisar = true; guardar(); }),
        );
        return;
      }
      if (!respuesta.ok) throw new Error(String(respuesta.status));
      pisar = false;
      if (visto) visto.value = dicho.guardado_en;
      equipo.olvidar(form);
      decir(`Guardado a las ${dicho.hora}.`);
    };

    const guardar = async () => {
      if (enviado) return;
      const campos = escrito(form);
      const ahora = JSON.stringify(campos);
      if (ahora === ultimo && !pisar) return;
      ultimo = ahora;
      if (palabras(campos) === enviados.lee("enviado", form.dataset.lugar)) { decir("Esto ya se envió: no queda como borrador."); return; }
      if (!enCuenta) { enEquipo(campos, ""); return; }
      try { await enSuCuenta(campos); } catch { enEquipo(campos, " Sin conexión con su cuenta: se intentará de nuevo."); ultimo = ""; }
    };

    form.addEventListener("input", () => { clearTimeout(espera); espera = setTimeout(guardar, ESPERA); });
    form.addEventListener("submit", () => {
      enviado = true;
      clearTimeout(espera);
      enviados.nota("enviando", form.dataset.lugar, palabras(escrito(form)));
    });
    window.addEventListener("pageshow", () => { enviado = false; });
    document.addEventListener("visibilitychange", () => { if (document.hidden) { clearTimeout(espera); guardar(); } });

    if (form.hasAttribute("data-descartar")) equipo.olvidar(form);
    const previo = equipo.leer(form);
    const base = visto && visto.value;
    const fallido = form.querySelector("[data-enfocar]");
    if (previo && previo.campos && !fallido && (!base || previo.en > base)) {
      poner(form, previo.campos);
      ultimo = JSON.stringify(escrito(form));
      decir(`Recuperamos lo que escribió en este equipo el ${new Date(previo.en).toLocaleDateString("es-CL")} a las ${hora(new Date(previo.en))}.`, boton("Descartar", descartar));
      if (enCuenta) { ultimo = ""; espera = setTimeout(guardar, ESPERA); }
    } else decir(aviso);
  };

  const todos = (raiz) => raiz.querySelectorAll("form[data-borrador]").forEach(preparar);
  todos(document);
  document.addEventListener("htmx:load", (e) => todos(e.target));

  // What was sent needs no draft: the page that says so names its place
  document.querySelectorAll("[data-borrador-enviado]").forEach((n) => {
    const lugar = n.dataset.borradorEnviado;
    try { localStorage.removeItem(`borrador:${lugar}`); } catch { /* not allowed here */ }
    enviados.nota("enviado", lugar, enviados.lee("enviando", lugar) || "");
  });
})();
