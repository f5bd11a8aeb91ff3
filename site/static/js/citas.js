/* Commenting on selected words. Without this file a sentence is chosen by its link. */
(() => {
  "use strict";
  const letras = (texto) => [...texto].length;
  const piezasDe = (fragmento) => [...fragmento.querySelectorAll("[data-i]")];
  const aqui = document.querySelector("[data-citar]");
  const barra = document.createElement("div");
  barra.className = "citar-aqui";
  barra.hidden = true;
  barra.setAttribute("role", "region");
  barra.setAttribute("aria-label", "Palabras elegidas");
  const muestra = document.createElement("span");
  muestra.className = "citar-aqui__palabras";
  muestra.setAttribute("aria-live", "polite");
  const aviso = document.createElement("span");
  aviso.className = "citar-aqui__aviso";
  aviso.setAttribute("aria-live", "polite");
  const boton = document.createElement("a");
  boton.className = "boton";
  boton.textContent = "Comentar estas palabras";
  barra.append(muestra, aviso, boton);
  let elegido = null;

  // Where a point of the page stands in the text of its fragment, in characters.
  const lugar = (pieza, nodo, desplazamiento) => {
    const hasta = document.createRange();
    hasta.selectNodeContents(pieza);
    hasta.setEnd(nodo, desplazamiento);
    return Number(pieza.dataset.i) + letras(hasta.toString());
  };

  const leer = () => {
    const seleccion = getSelection();
    if (!seleccion.rangeCount || seleccion.isCollapsed) return null;
    const rango = seleccion.getRangeAt(0);
    const elegidoEn = (pieza) => {
      const propio = document.createRange();
      propio.selectNodeContents(pieza);
      if (pieza.contains(rango.startContainer)) propio.setStart(rango.startContainer, rango.startOffset);
      if (pieza.contains(rango.endContainer)) propio.setEnd(rango.endContainer, rango.endOffset);
      return propio.toString();
    };
    // A selection that ends where the next paragraph begins takes nothing of it.
    const tocadas = (fragmento) => piezasDe(fragmento).filter((pieza) => rango.intersectsNode(pieza) && elegidoEn(pieza).trim());
    const fragmentos = [...document.querySelectorAll(aqui ? "[data-citar]" : "[data-citable]")].filter((uno) => rango.intersectsNode(uno) && tocadas(uno).length);
    const [fragmento, otro] = fragmentos;
    if (!fragmento) return null;
    const piezas = tocadas(fragmento);
    const [primera, ultima] = [piezas[0], piezas[piezas.length - 1]];
    let inicio = primera.contains(rango.startContainer)
      ? lugar(primera, rango.startContainer, rango.startOffset) : Number(primera.dataset.i);
    let fin = ultima.contains(rango.endContainer)
      ? lugar(ultima, rango.endContainer, rango.endOffset)
      : Number(ultima.dataset.i) + letras(ultima.textContent);
    const texto = piezas.map(elegidoEn).join("\n");
    inicio += letras(texto) - letras(texto.trimStart());
    fin -= letras(texto) - letras(texto.trimEnd());
    return texto.trim() && fin > inicio ? { fragmento, inicio, fin, texto: texto.trim(), sobra: Boolean(otro) } : null;
  };

  const ofrecer = () => {
    const nuevo = leer();
    if (!nuevo) {
      if (!barra.contains(document.activeElement)) barra.hidden = true;
      return;
    }
    elegido = nuevo;
    // Next to the words, so that the next Tab after selecting them reaches it.
    const cuerpo = elegido.fragmento.querySelector(".fragmento__cuerpo") || elegido.fragmento;
    if (barra.previousElementSibling !== cuerpo) cuerpo.after(barra);
    muestra.textContent = `«${elegido.texto.replace(/\s+/g, " ").slice(0, 90)}»`;
    aviso.textContent = elegido.sobra ? "Se comenta un párrafo a la vez: quedan las palabras del primero." : "";
    boton.href = aqui ? "#participar" : `${elegido.fragmento.dataset.citable}?cita=${elegido.inicio}-${elegido.fin}#participar`;
    barra.hidden = false;
  };

  let espera;
  document.addEventListener("selectionchange", () => {
    clearTimeout(espera);
    espera = setTimeout(ofrecer, 200);
  });
  // A press on the button must not undo the selection before it is read.
  barra.addEventListener("pointerdown", (evento) => evento.preventDefault());
  barra.addEventListener("focusout", () => setTimeout(ofrecer, 200));

  if (!aqui) return;

  // What is chosen reads as it does without this file; one button takes it back.
  const mostrar = (form) => {
    const lugar = form.querySelector(".citar");
    lugar.querySelectorAll(".citar__elegidas, .citar__ajustes").forEach((viejo) => viejo.remove());
    const dicho = document.createElement("p");
    dicho.className = "citar__elegidas";
    const cita = document.createElement("q");
    cita.textContent = form.elements.cita.value;
    const quitar = document.createElement("button");
    quitar.type = "button";
    quitar.className = "boton boton--texto boton--chico";
    quitar.textContent = "Comentar todo el párrafo";
    quitar.addEventListener("click", () => {
      form.elements.cita.value = form.elements.cita_inicio.value = "";
      dicho.remove();
      form.elements.texto.focus();
    });
    dicho.append("Comenta sobre: ", cita, " ", quitar);
    lugar.prepend(dicho);
  };

  const usar = () => {
    const form = document.querySelector("form input[name=cita_inicio]")?.form;
    if (!form || !elegido) return;
    form.elements.cita.value = elegido.texto;
    form.elements.cita_inicio.value = elegido.inicio;
    mostrar(form);
    barra.hidden = true;
    form.elements.texto.focus();
  };
  boton.addEventListener("click", (evento) => {
    evento.preventDefault();
    usar();
  });

  // By keyboard: arrows choose a sentence, with Shift they take in or leave out words, Enter comments.
  const frases = [...document.querySelectorAll(".citar__frases a")].map((a) => a.search.match(/cita=(\d+)-(\d+)/).slice(1).map(Number));
  if (!frases.length) return;
  aqui.tabIndex = 0;
  aqui.setAttribute("role", "group");
  aqui.setAttribute("aria-label", "Texto del párrafo. Flechas derecha e izquierda: elegir una frase. Con mayúsculas: sumar o quitar una palabra. Intro: comentar lo elegido.");

  const puntoEn = (caracter, alFinal) => {
    const piezas = piezasDe(aqui);
    const pieza = piezas.find((una) => {
      const [desde, hasta] = [Number(una.dataset.i), Number(una.dataset.i) + letras(una.textContent)];
      return alFinal ? caracter > desde && caracter <= hasta : caracter >= desde && caracter < hasta;
    });
    if (!pieza) return null;
    let quedan = caracter - Number(pieza.dataset.i);
    const nodos = document.createTreeWalker(pieza, NodeFilter.SHOW_TEXT);
    for (let nodo = nodos.nextNode(); nodo; nodo = nodos.nextNode()) {
      const largo = letras(nodo.data);
      if (quedan < largo || (alFinal && quedan === largo)) return [nodo, [...nodo.data].slice(0, quedan).join("").length];
      quedan -= largo;
    }
    return null;
  };
  const marcar = (inicio, fin) => {
    const [desde, hasta] = [puntoEn(inicio, false), puntoEn(fin, true)];
    if (desde && hasta) getSelection().setBaseAndExtent(...desde, ...hasta);
  };
  const palabras = piezasDe(aqui).flatMap((pieza) =>
    [...pieza.textContent.matchAll(/[\p{L}\p{N}_]+/gu)].map((m) => {
      const inicio = Number(pieza.dataset.i) + letras(pieza.textContent.slice(0, m.index));
      return [inicio, inicio + letras(m[0])];
    }));

  aqui.addEventListener("keydown", (evento) => {
    if (evento.target !== aqui || evento.ctrlKey || evento.altKey || evento.metaKey) return;
    const actual = leer();
    const paso = { ArrowRight: 1, ArrowLeft: -1 }[evento.key];
    if (evento.key === "Enter" && actual) {
      evento.preventDefault();
      elegido = actual;
      usar();
    } else if (paso && evento.shiftKey && actual) {
      evento.preventDefault();
      const fines = palabras.map(([, fin]) => fin).filter((fin) => fin > actual.inicio);
      const fin = paso > 0 ? fines.find((uno) => uno > actual.fin) : fines.filter((uno) => uno < actual.fin).pop();
      if (fin) marcar(actual.inicio, fin);
    } else if (paso && !evento.shiftKey) {
      evento.preventDefault();
      const i = actual ? frases.findIndex(([inicio, fin]) => actual.inicio >= inicio && actual.inicio < fin) + paso : paso > 0 ? 0 : frases.length - 1;
      if (frases[i]) marcar(...frases[i]);
    }
  });
})();
