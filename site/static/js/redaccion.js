// A text that is being written saves itself, tells who else has it open, and looks for places while one
// types. Without it the buttons do the same.
(() => {
  const form = document.querySelector("form[data-redaccion]");
  if (!form) return;
  const CADA = 4000;
  const LATIDO = 10000;
  const estado = form.querySelector("[data-estado]");
  const otros = form.querySelector("[data-otros]");
  const consejos = form.querySelector("[data-consejos]");
  let sucio = false;
  let enviando = false;
  let detenido = false;
  let perdido = false;
  let enviado = false;
  let ultimo = Date.now();

  const decir = (texto, mal) => {
    if (estado.textContent !== texto) estado.textContent = texto;
    estado.classList.toggle("redaccion__estado--mal", Boolean(mal));
  };
  const decirSinSesion = () => {
    const enlace = document.createElement("a");
    Object.assign(enlace, { href: "/cuenta/login/", target: "_blank", textContent: "Ingrese en otra pestaña" });
    decir("Su sesión terminó. ", true);
    estado.append(enlace, " sin cerrar esta: lo que escribió sigue aquí y se guardará solo.");
  };
  const decirOtros = (nombres) => {
    otros.hidden = !nombres.length;
    const texto = nombres.length
      ? `También está aquí: ${nombres.join(", ")}. Pónganse de acuerdo: nadie queda bloqueado.`
      : "";
    if (otros.textContent !== texto) otros.textContent = texto;
  };
  const decirConsejos = (lista) => {
    const titulo = document.createElement("p");
    const fuerte = document.createElement("b");
    fuerte.textContent = "Para que se entienda mejor";
    titulo.append(fuerte);
    const ul = document.createElement("ul");
    for (const texto of lista) {
      const li = document.createElement("li");
      li.textContent = texto;
      ul.append(li);
    }
    consejos.replaceChildren(...(lista.length ? [titulo, ul] : []));
  };

  const esDatos = (respuesta) => (respuesta.headers.get("Content-Type") || "").includes("json");

  async function guardar() {
    if (enviando || detenido) return;
    enviando = true;
    sucio = false;
    ultimo = Date.now();
    try {
      if (perdido) await latir();
      const datos = new FormData(form);
      datos.set("accion", "guardar");
      const respuesta = await fetch(form.action || location.href, {
        method: "POST", body: datos, headers: { "X-Requested-With": "fetch" },
      });
      if (!esDatos(respuesta)) {
        // The way to sign in, or a refusal for want of a session, comes as a page.
        sucio = true;
        perdido = respuesta.redirected || respuesta.status === 403;
        if (perdido) decirSinSesion();
        else decir("El sitio no pudo guardar. Lo que escribió sigue aquí y lo intentará otra vez.", true);
        return;
      }
      perdido = false;
      const dicho = await respuesta.json();
      decirOtros(dicho.editan || []);
      if (respuesta.ok) {
        form.elements.visto.value = dicho.visto;
        decir(dicho.guardado);
        decirConsejos(dicho.consejos || []);
      } else {
        // A colleague's newer text is never overwritten by itself: only a person may, by the button.
        detenido = respuesta.status === 409;
        if (dicho.visto) form.elements.visto.value = dicho.visto;
        decir(dicho.error, true);
        if (detenido) {
          const enlace = document.createElement("a");
          Object.assign(enlace, { href: location.href, target: "_blank", textContent: "Leer su texto en otra pestaña" });
          estado.append(" ", enlace, ".");
        }
      }
    } catch {
      sucio = true;
      decir("Sin conexión: lo que escribió sigue aquí y se guardará al volver.", true);
    } finally {
      enviando = false;
    }
  }

  form.addEventListener("input", (e) => { if (e.target.name !== "q_lugar") sucio = true; });
  form.addEventListener("submit", () => { detenido = enviado = true; });
  setInterval(() => {
    if (sucio) guardar();
  }, CADA);
  setInterval(() => {
    // A sign of life without new words saves nothing new; it tells who is here.
    if (!document.hidden && !sucio && Date.now() - ultimo >= LATIDO) latir();
  }, LATIDO);

  // What is not kept yet is not left behind unawares; leaving the tab alone keeps it at once.
  addEventListener("beforeunload", (e) => { if ((sucio || enviando) && !enviado) e.preventDefault(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden && sucio) guardar(); });

  async function latir() {
    ultimo = Date.now();
    try {
      const respuesta = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } });
      if (!respuesta.ok || !esDatos(respuesta)) return;
      const dicho = await respuesta.json();
      decirOtros(dicho.editan || []);
      // Signing in again changes the pass of every form: with the old one nothing would be kept.
      form.elements.csrfmiddlewaretoken.value = dicho.pase;
    } catch { /* the next one tells */ }
  }

  // --- places
  const buscador = form.querySelector("[data-buscar-lugar]");
  if (!buscador) return;
  const url = buscador.dataset.buscarLugar;
  const caja = buscador.querySelector("input");
  const lista = buscador.querySelector("[data-hallados]");
  const cambio = buscador.querySelector("[data-cambio]");
  let espera = 0;
  let pedido = 0;

  async function mostrarCambio(pk) {
    cambio.hidden = true;
    document.querySelector("[data-cambio-servido]")?.remove();
    if (!pk) return;
    const respuesta = await fetch(`${url}?fragmento=${encodeURIComponent(pk)}`);
    if (!respuesta.ok) return;
    const { cambios } = await respuesta.json();
    const titulo = document.createElement("p");
    const fuerte = document.createElement("b");
    fuerte.textContent = "Qué cambió en ese párrafo";
    titulo.append(fuerte);
    const texto = document.createElement("p");
    for (const [operacion, palabras] of cambios) {
      const nodo = { quita: "del", pone: "ins" }[operacion];
      const parte = nodo ? document.createElement(nodo) : document.createTextNode(palabras);
      if (nodo) parte.textContent = palabras;
      texto.append(parte);
    }
    cambio.replaceChildren(titulo, texto);
    cambio.hidden = false;
  }

  function elegir({ tipo, pk, referencia, texto }) {
    const campo = form.elements[tipo];
    if (campo?.options) {
      if (![...campo.options].some((o) => o.value === String(pk))) campo.add(new Option(texto, pk));
      campo.value = pk;
      const boton = form.querySelector(`input[name=destino][value=${tipo}]`);
      if (boton) boton.checked = true;
    } else {
      form.elements.destino.value = tipo;
      form.elements.referencia.value = referencia;
    }
    sucio = true;
    if (tipo === "fragmento") mostrarCambio(pk);
  }

  function pintar(lugares) {
    lista.replaceChildren(...lugares.map((lugar) => {
      const li = document.createElement("li");
      const boton = document.createElement("button");
      boton.type = "button";
      boton.className = "buscar-lugar__uno";
      boton.textContent = `${lugar.referencia} · ${lugar.texto}`;
      boton.addEventListener("click", () => elegir(lugar));
      li.append(boton);
      return li;
    }));
    if (!lugares.length && caja.value.trim()) {
      const li = document.createElement("li");
      li.textContent = "Nada dice eso.";
      lista.append(li);
    }
  }

  async function buscar() {
    const mio = ++pedido;
    const respuesta = await fetch(`${url}?q=${encodeURIComponent(caja.value)}`);
    if (respuesta.ok && mio === pedido) pintar((await respuesta.json()).lugares);
  }
  caja.addEventListener("input", () => {
    clearTimeout(espera);
    espera = setTimeout(buscar, 250);
  });
  caja.addEventListener("keydown", (e) => {
    if (e.key === "Enter") { e.preventDefault(); buscar(); }
  });
  form.querySelector("select[name=fragmento]")?.addEventListener("change", (e) => mostrarCambio(e.target.value));
})();
