// The page that stands for a customer's in the setup: adds the widget as the snippet does, with
// what stands after "#": title, colour, language and the heading.

const look = new URLSearchParams(window.location.hash.slice(1));
document.documentElement.lang = look.get("language") || "en";
document.querySelector("h1")?.replaceChildren(look.get("heading") ?? "");
const script = document.createElement("script");
script.src = "/widget.js";
script.dataset.parley = "";
script.dataset.title = look.get("title") ?? "";
script.dataset.language = look.get("language") ?? "";
script.dataset.color = look.get("color") ?? "";
document.head.append(script);
