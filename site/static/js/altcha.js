/* Adds a proof of work to forms for people without an account. Without it they work too: the mail
   confirmation stands in. Speaks altcha's protocol with /altcha/ of this same site. */
(() => {
  "use strict";
  if (window.altchaListo) return;  // a page with two such forms brings the script twice
  window.altchaListo = true;
  const DURA = 25 * 60 * 1000;
  const PACIENCIA = 15000;
  for (const campo of document.querySelectorAll("[data-altcha]")) {
    const form = campo.form;
    const estado = form.querySelector("[data-altcha-estado]");
    let prueba = null;
    let hecha = 0;

    const decir = (texto) => { estado.textContent = texto; estado.hidden = !texto; };
    const resolver = async () => {
      const respuesta = await fetch(campo.dataset.altcha, { headers: { Accept: "application/json" } });
      if (!respuesta.ok) return "";
      const reto = await respuesta.json();
      const trabajador = new Worker(campo.dataset.trabajador);
      const number = await new Promise((listo) => {
        trabajador.onmessage = (e) => listo(e.data);
        trabajador.onerror = () => listo(null);
        setTimeout(() => listo(null), PACIENCIA);
        trabajador.postMessage(reto);
      });
      trabajador.terminate();
      if (number === null) return "";
      const { algorithm, challenge, salt, signature } = reto;
      return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
    };
    const empezar = () => {
      if (prueba && Date.now() - hecha < DURA) return prueba;
      hecha = Date.now();
      prueba = resolver().catch(() => "").then((valor) => { campo.value = valor; return valor; });
      return prueba;
    };

    form.addEventListener("focusin", empezar, { once: true });
    let lista = false;
    form.addEventListener("submit", (e) => {
      if (lista) { lista = false; return; }
      e.preventDefault();
      const boton = e.submitter;
      const espera = setTimeout(() => decir("Comprobando que lo envía una persona: tarda un momento."), 300);
      empezar().then(() => {
        clearTimeout(espera);
        decir("");
        lista = true;
        // Not within the event that was stopped: a form that is being submitted refuses another
        setTimeout(() => form.requestSubmit(boton), 0);
      });
    });
    // Back from the next page: this proof was used
    window.addEventListener("pageshow", (e) => { if (e.persisted) { prueba = null; campo.value = ""; } });
  }
})();
