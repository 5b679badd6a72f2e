// The page that stands for a customer's in the setup: adds the widget as the snippet does, with
// the title and colour that stand after "#".

const look = new URLSearchParams(window.location.hash.slice(1));
const script = document.createElement("script");
script.src = "/widget.js";
script.dataset.parley = "";
script.dataset.title = look.get("title") ?? "";
script.dataset.language = look.get("language") ?? "";
script.dataset.color = look.get("color") ?? "";
document.head.append(script);
