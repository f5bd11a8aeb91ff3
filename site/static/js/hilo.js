/* Threads: what is loaded on demand is announced and focused, and what is new to this device is told.
   Every page works without this file. */
(() => {
  "use strict";
  const voz = () => document.getElementById("hilo-voz");
  const decir = (texto) => { const v = voz(); if (v) v.textContent = texto; };
  const ids = () => new Set([...document.querySelectorAll("article.aporte")].map((a) => a.id));
  let antes = null;

  document.addEventListener("htmx:beforeRequest", (e) => {
    if (e.target.closest(".mas")) decir("Cargando…");
  });
  document.addEventListener("htmx:beforeSwap", (e) => {
    antes = e.detail.requestConfig && e.detail.requestConfig.verb === "get" ? ids() : null;
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!antes) return;
    const vistos = new Set();
    const nuevos = [];
    for (const articulo of document.querySelectorAll("article.aporte")) {
      // Somebody wrote meanwhile and pushed the pages: nothing shows twice
      if (vistos.has(articulo.id)) { articulo.closest("li").remove(); continue; }
      vistos.add(articulo.id);
      if (!antes.has(articulo.id)) nuevos.push(articulo);
    }
    antes = null;
    decir(nuevos.length === 1 ? "Se mostró 1 comentario más" : `Se mostraron ${nuevos.length} comentarios más`);
    if (nuevos.length) {
      nuevos[0].tabIndex = -1;
      nuevos[0].focus({ preventScroll: false });
    }
    marcar();
  });
  document.addEventListener("htmx:responseError", () => decir("No se pudo cargar. Inténtelo otra vez."));
  document.addEventListener("htmx:sendError", () => decir("Sin conexión. Inténtelo otra vez."));

  // «Nuevo desde su última visita», for whoever reads without an account: only this device knows
  const DURA = 30 * 60 * 1000;
  const hilo = document.querySelector("[data-visita]");
  let desde = null;
  const visita = () => {
    try {
      const clave = `visita:${hilo.dataset.visita}`;
      const [en, previa] = (localStorage.getItem(clave) || "").split(" ").map(Number);
      const ahora = Date.now();
      if (en && ahora - en < DURA) return previa || null;
      localStorage.setItem(clave, `${ahora} ${en || ""}`);
      return en || null;
    } catch { return null; }
  };
  function marcar() {
    if (!desde) return;
    for (const articulo of hilo.querySelectorAll("article.aporte:not(.aporte--baja)")) {
      const hora = articulo.querySelector("time");
      const cabeza = articulo.querySelector(".aporte__cabeza");
      if (!hora || articulo.dataset.nuevo || Date.parse(hora.dateTime) <= desde) continue;
      articulo.dataset.nuevo = "si";
      const insignia = document.createElement("span");
      insignia.className = "insignia insignia--azul";
      insignia.textContent = "Nuevo";
      cabeza.insertBefore(insignia, cabeza.querySelector(".meta"));
    }
  }
  if (hilo) {
    desde = visita();
    marcar();
    const nuevos = hilo.querySelectorAll("[data-nuevo]");
    if (nuevos.length) {
      const aviso = document.createElement("p");
      aviso.className = "hilo__nuevos";
      const enlace = document.createElement("a");
      enlace.href = `#${nuevos[0].id}`;
      enlace.textContent = "Ir al primero nuevo";
      const cuantos = nuevos.length === 1 ? "1 nuevo" : `${nuevos.length} nuevos`;
      aviso.append(`${cuantos} en esta página desde su última visita · `, enlace);
      hilo.querySelector("#hilo-voz").before(aviso);
    }
  }
})();
