"use strict";
// The tickets of the stand-in, followed live: the state is asked for once a second, and only sent
// when something changed. Forms are made once for each ticket, so that typing is never lost.

const POLL_MS = 1000;
const SHOWN_MAX = 200;
const list = document.getElementById("tickets");
const link = document.getElementById("link");
const as = document.getElementById("as");
const cards = new Map(); // ticket id -> its card
let version = -1;

function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function when(text) {
  const time = make("time", { dateTime: text });
  time.textContent = new Date(text).toLocaleString([], {
    day: "2-digit", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit",
  });
  return time;
}

async function send(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) {
    const said = await answer.json().catch(() => ({}));
    throw new Error(said.error ?? `The stand-in answered ${answer.status}`);
  }
}

// Run an action of a form, showing what went wrong beside it.
async function act(form, action) {
  const trouble = form.querySelector(".trouble");
  trouble.textContent = "";
  try {
    await action();
    await refresh();
  } catch (error) {
    trouble.textContent = error.message;
  }
}

function options(select, values, labels) {
  select.replaceChildren(...values.map((value, i) =>
    make("option", { value, textContent: labels?.[i] ?? value })));
}

function makeForm(ticket, state) {
  const text = make("textarea", { name: "body", required: true, maxLength: 20000 });
  const hidden = make("input", { type: "checkbox", name: "hidden" });
  const status = make("select", { name: "status" });
  const priority = make("select", { name: "priority" });
  const form = make("form", {},
    make("label", { className: "wide" }, "Comment", text),
    make("label", {}, hidden, " hidden from the customer"),
    make("button", { type: "submit", textContent: "Add comment" }),
    make("label", {}, "Status ", status),
    make("label", {}, "Priority ", priority),
    make("p", { className: "trouble", role: "alert" }));
  options(status, state.statuses);
  options(priority, state.priorities, state.priorities.map((name) => name || "none"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act(form, async () => {
      await send(`/sandbox/tickets/${ticket.id}/comment`,
        { body: text.value, hidden: hidden.checked, user_id: Number(as.value) });
      form.reset();
    });
  });
  status.addEventListener("change", () => act(form, () =>
    send(`/sandbox/tickets/${ticket.id}/change`, { status: status.value })));
  priority.addEventListener("change", () => act(form, () =>
    send(`/sandbox/tickets/${ticket.id}/change`, { priority: priority.value })));
  return { form, status, priority };
}

// A value that the lists do not have (Syncro stores any) gets an option of its own.
function choose(select, value) {
  if (![...select.options].some((option) => option.value === value)) {
    select.append(make("option", { value, textContent: value }));
  }
  select.value = value;
}

function commentItem(comment) {
  const said = comment.hidden ? "hidden" : "public";
  return make("li", { className: said },
    make("p", { className: "who" },
      make("b", { textContent: comment.tech ?? "(no name)" }),
      ` · ${said} · ${comment.subject} · `, when(comment.created_at)),
    make("p", { className: "body", textContent: comment.body }));
}

function makeCard(ticket, state) {
  const head = make("div", { className: "top" });
  const comments = make("ol", { className: "comments" });
  const tools = makeForm(ticket, state);
  const card = make("article", { className: "ticket" }, head, comments, tools.form);
  card.dataset.number = ticket.number;
  return { card, head, comments, tools, seen: "" };
}

function fact(text, className = "") {
  return make("li", { className, textContent: text });
}

function showTicket(entry, ticket) {
  const seen = JSON.stringify(ticket);
  if (entry.seen === seen) {
    return;
  }
  const isChange = entry.seen !== "";
  entry.seen = seen;
  entry.head.replaceChildren(
    make("h2", {}, make("span", { className: "number", textContent: `#${ticket.number} ` }),
      ticket.subject ?? ""),
    make("ul", { className: "facts" },
      fact(ticket.status ?? "no status", "status"),
      fact(ticket.priority || "no priority"),
      fact(ticket.company ?? "no company"),
      fact(ticket.contact ?? "no contact"),
      make("li", {}, when(ticket.created_at))));
  entry.comments.replaceChildren(...ticket.comments.map(commentItem));
  choose(entry.tools.status, ticket.status ?? "");
  choose(entry.tools.priority, ticket.priority ?? "");
  entry.card.classList.toggle("fresh", isChange || version >= 0);
  setTimeout(() => entry.card.classList.remove("fresh"), 2500);
}

function show(state) {
  const chosen = as.value;
  options(as, state.users.map((user) => String(user.id)), state.users.map((user) => user.full_name));
  as.value = chosen || as.options[0].value;
  const tickets = state.tickets.slice(0, SHOWN_MAX);
  const ids = new Set(tickets.map((ticket) => ticket.id));
  for (const [id, entry] of cards) {
    if (!ids.has(id)) {
      entry.card.remove();
      cards.delete(id);
    }
  }
  tickets.forEach((ticket, i) => {
    if (!cards.has(ticket.id)) {
      cards.set(ticket.id, makeCard(ticket, state));
    }
    const entry = cards.get(ticket.id);
    showTicket(entry, ticket);
    if (list.children[i] !== entry.card) {
      list.insertBefore(entry.card, list.children[i] ?? null);
    }
  });
  list.querySelector(".empty")?.remove();
  if (tickets.length === 0) {
    list.append(make("p", { className: "empty", textContent: "No tickets yet." }));
  } else if (state.tickets.length > tickets.length) {
    list.append(make("p", { className: "empty",
      textContent: `${state.tickets.length - tickets.length} older tickets are not shown.` }));
  }
  version = state.version;
}

async function refresh() {
  const answer = await fetch(`/sandbox/state?after=${version}`);
  if (!answer.ok) {
    throw new Error(`The stand-in answered ${answer.status}`);
  }
  const state = await answer.json();
  if (state.tickets) {
    show(state);
  }
}

async function follow() {
  try {
    await refresh();
    link.textContent = "Live";
    link.classList.remove("bad");
  } catch {
    link.textContent = "Not connected; trying again";
    link.classList.add("bad");
  }
  setTimeout(follow, POLL_MS);
}

follow();
