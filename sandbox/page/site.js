"use strict";
// What plain HTML cannot do: copy the token, and close the menu with Escape or a click beside it.

const copy = document.getElementById("copy");
const menu = document.querySelector("details.menu");

if (copy !== null) {
  const token = document.getElementById("token");
  const said = document.getElementById("copied");
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    token.select();
    try {
      await navigator.clipboard.writeText(token.value);
      said.textContent = "Copied";
    } catch {
      // No clipboard without https, or not allowed.
      said.textContent = document.execCommand("copy") ? "Copied" : "Press Ctrl+C to copy";
    }
  });
}

if (menu !== null) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  });
}
