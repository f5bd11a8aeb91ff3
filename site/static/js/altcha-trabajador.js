// Tries numbers until sha256(salt + number) is the challenge: altcha's proof of work.
onmessage = async ({ data: { algorithm, challenge, salt, maxnumber } }) => {
  const letras = new TextEncoder();
  const hex = (b) => Array.from(new Uint8Array(b), (n) => n.toString(16).padStart(2, "0")).join("");
  try {
    for (let number = 0; number <= maxnumber; number += 1) {
      const suma = await crypto.subtle.digest(algorithm, letras.encode(salt + number));
      if (hex(suma) === challenge) { postMessage(number); return; }
    }
  } catch { /* No Web Crypto here: the form goes as it would without scripts */ }
  postMessage(null);
};
