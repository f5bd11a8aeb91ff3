/* Progressive enhancement only: every page works without this file. */
(() => {
  "use strict";
  const todos = (selector, raiz = document) => [...raiz.querySelectorAll(selector)];

  // Character counters: <p data-contador="field-id" data-max="500">
  const contar = (raiz) => todos("[data-contador]", raiz).forEach((nota) => {
    const campo = document.getElementById(nota.dataset.contador);
    const max = Number(nota.dataset.max);
    if (!campo || !max || nota.dataset.listo) return;
    nota.dataset.listo = "si";
    const voz = document.createElement("span");
    voz.className = "solo-lectores";
    voz.setAttribute("aria-live", "polite");
    nota.after(voz);
    let espera;
    const decir = () => {
      const quedan = max - [...campo.value.replace(/\r?\n/g, "\r\n")].length;
      const texto = quedan >= 0
        ? `Quedan ${quedan.toLocaleString("es-CL")} de ${max.toLocaleString("es-CL")} caracteres`
        : `Sobran ${(-quedan).toLocaleString("es-CL")} caracteres`;
      nota.textContent = texto;
      nota.classList.toggle("campo__contador--cerca", quedan <= max * 0.1);
      clearTimeout(espera);
      espera = setTimeout(() => { voz.textContent = quedan <= max * 0.1 ? texto : ""; }, 900);
    };
    campo.addEventListener("input", decir);
    decir();
  });

  // A form leaves once; typed text is not lost by a slip
  const sucios = new Set();
  document.addEventListener("input", (e) => {
    const form = e.target.form;
    if (form && form.hasAttribute("data-avisar-al-salir")) sucios.add(form);
  });
  document.addEventListener("submit", (e) => {
    const form = e.target;
    if (form.method !== "post") return;
    if (form.dataset.enviando) { e.preventDefault(); return; }
    if (e.defaultPrevented) return;
    sucios.delete(form);
    form.dataset.enviando = "si";
    todos("[type=submit]", form).forEach((b) => b.setAttribute("aria-disabled", "true"));
  });
  const soltar = (form) => {
    delete form.dataset.enviando;
    todos("[type=submit]", form).forEach((b) => b.removeAttribute("aria-disabled"));
  };
  window.addEventListener("pageshow", () => todos("form[data-enviando]").forEach(soltar));
  document.addEventListener("htmx:afterRequest", (e) => {
    const form = e.target.closest("form");
    if (form) soltar(form);
  });
  window.addEventListener("beforeunload", (e) => {
    for (const form of sucios) if (!form.isConnected) sucios.delete(form);
    if (sucios.size) e.preventDefault();
  });

  // The account menu closes with Escape, a click elsewhere, or focus leaving it
  const menus = "details[data-desplegable]";
  document.addEventListener("click", (e) => todos(`${menus}[open]`).forEach((d) => {
    if (!d.contains(e.target)) d.open = false;
  }));
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Escape") return;
    todos(`${menus}[open]`).forEach((d) => { d.open = false; d.querySelector("summary").focus(); });
  });
  document.addEventListener("focusout", (e) => {
    const d = e.target.closest && e.target.closest(menus);
    if (d && e.relatedTarget && !d.contains(e.relatedTarget)) d.open = false;
  });

  // Facets apply as they are chosen when the form asks for it
  document.addEventListener("change", (e) => {
    const form = e.target.form;
    if (form && form.hasAttribute("data-aplicar")) form.requestSubmit();
  });

  // Carousel: controls and a slow advance over a row that already scrolls by hand
  const carruseles = (raiz) => todos("[data-carrusel]", raiz).forEach((c) => {
    const pista = c.querySelector(".carrusel__pista");
    const mandos = c.querySelector(".carrusel__mandos");
    if (!pista || !mandos || c.dataset.listo) return;
    c.dataset.listo = "si";
    const [atras, pausa, adelante] = todos("button", mandos);
    const quieto = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    let pausado = quieto;
    let encima = false;
    const tope = () => pista.scrollWidth - pista.clientWidth - 4;
    const paso = () => pista.firstElementChild.getBoundingClientRect().width + 16;
    const mover = (n) => pista.scrollBy({ left: n * paso(), behavior: quieto ? "auto" : "smooth" });
    const pintar = () => {
      mandos.hidden = tope() <= 0;
      atras.disabled = pista.scrollLeft < 4;
      adelante.disabled = pista.scrollLeft > tope();
      pausa.hidden = quieto;
      pausa.querySelector("[data-pausa]").hidden = pausado;
      pausa.querySelector("[data-seguir]").hidden = !pausado;
      pausa.setAttribute("aria-label", pausado ? "Reanudar el avance" : "Pausar el avance");
    };
    atras.addEventListener("click", () => { pausado = true; mover(-1); pintar(); });
    adelante.addEventListener("click", () => { pausado = true; mover(1); pintar(); });
    pausa.addEventListener("click", () => { pausado = !pausado; pintar(); });
    pista.addEventListener("scroll", pintar, { passive: true });
    c.addEventListener("pointerenter", () => { encima = true; });
    c.addEventListener("pointerleave", () => { encima = false; });
    window.addEventListener("resize", pintar);
    setInterval(() => {
      if (pausado || encima || document.hidden || c.contains(document.activeElement) || tope() <= 0) return;
      if (pista.scrollLeft > tope()) pista.scrollTo({ left: 0, behavior: "smooth" });
      else mover(1);
    }, 7000);
    pintar();
  });

  const preparar = (raiz) => { contar(raiz); carruseles(raiz); };
  preparar(document);
  document.addEventListener("htmx:load", (e) => preparar(e.target));

  // After a failed form the reader lands on the list of errors
  const errores = document.querySelector("form[method=post] [data-enfocar]");
  if (errores) {
    errores.focus();
    // Where the form leads to a part of its page, the browser goes there last and takes the focus away.
    if (location.hash) addEventListener("load", () => requestAnimationFrame(() => errores.focus()));
  }
})();
