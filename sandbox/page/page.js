"use strict";
// The tickets of the stand-in, followed live: the state is asked for once a second, and only sent
// when something changed. Forms are made once for each ticket, so that typing is never lost.

const POLL_MS = 1000;
const SHOWN_MAX = 200;
const list = document.getElementById("tickets");
const link = document.getElementById("link");
const as = document.getElementById("as");
const newForm = document.getElementById("new");
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

// Do what happens inside Syncro, by its name among the commands of the control port.
async function send(command, body) {
  const answer = await fetch(`/sandbox/do/${command}`, {
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

function button(textContent, onclick, properties = {}) {
  return make("button", { type: "button", textContent, onclick, ...properties });
}

function makeForm(ticket, state) {
  const id = ticket.id;
  const text = make("textarea", { name: "body", required: true, maxLength: 20000 });
  const hidden = make("input", { type: "checkbox", name: "hidden" });
  const add = make("button", { type: "submit", textContent: "Add comment" });
  const status = make("select", { name: "status" });
  const priority = make("select", { name: "priority" });
  const assignee = make("select", { name: "assignee" });
  const subject = make("input", { name: "subject", maxLength: 255 });
  const into = make("input", { name: "into", inputMode: "numeric", size: 8 });
  const doing = (command, body) => act(form, () => send(command, { ticket_id: id, ...body() }));
  const reply = button("Reply as the customer", () => doing("reply", () => ({ body: text.value })));
  const cancel = button("Cancel", () => edit(null), { hidden: true });
  let editing = null; // the comment whose words are in the field
  const form = make("form", {},
    make("label", { className: "wide" }, "Comment", text),
    make("label", {}, hidden, " hidden from the customer"),
    add, reply, cancel,
    make("label", {}, "Status ", status),
    make("label", {}, "Priority ", priority),
    make("label", {}, "Assignee ", assignee),
    make("details", { className: "wide" }, make("summary", { textContent: "More" }),
      make("div", { className: "more" },
        make("label", {}, "Subject ", subject),
        button("Rename", () => doing("change", () => ({ subject: subject.value }))),
        make("label", {}, "Merge into number ", into),
        button("Merge", () => act(form, () => merge(id, Number(into.value)))),
        button("Delete ticket", () => doing("ticket_delete", () => ({}))))),
    make("p", { className: "trouble", role: "alert" }));
  options(status, state.statuses);
  options(priority, state.priorities, state.priorities.map((name) => name || "none"));
  options(assignee, ["", ...state.users.map((user) => String(user.id))],
    ["nobody", ...state.users.map((user) => user.full_name)]);

  function edit(comment) {
    editing = comment;
    text.value = comment?.body ?? "";
    add.textContent = comment === null ? "Add comment" : "Save comment";
    reply.hidden = comment !== null;
    cancel.hidden = comment === null;
    text.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act(form, async () => {
      if (editing === null) {
        await send("comment", { ticket_id: id, body: text.value, hidden: hidden.checked,
          user_id: Number(as.value) });
      } else {
        await send("comment_edit", { comment_id: editing.id, body: text.value });
      }
      edit(null);
      hidden.checked = false;
    });
  });
  status.addEventListener("change", () => doing("change", () => ({ status: status.value })));
  priority.addEventListener("change", () => doing("change", () => ({ priority: priority.value })));
  assignee.addEventListener("change", () =>
    doing("change", () => ({ user_id: assignee.value === "" ? null : Number(assignee.value) })));
  return { form, status, priority, assignee, edit };
}

async function merge(from, number) {
  const other = [...cards.entries()].find(([, entry]) => entry.number === number);
  if (other === undefined) {
    throw new Error("There is no ticket of that number");
  }
  await send("ticket_merge", { from, into: other[0], user_id: Number(as.value) });
}

newForm.addEventListener("submit", (event) => {
  event.preventDefault();
  const field = newForm.elements;
  act(newForm, async () => {
    await send("ticket_new", {
      contact_id: Number(field.contact.value), user_id: Number(as.value),
      by_email: field.by_email.checked, subject: field.subject.value, body: field.body.value,
      answer: field.answer.value || undefined,
    });
    for (const name of ["subject", "body", "answer"]) {
      field[name].value = "";
    }
  });
});

// A value that the lists do not have (Syncro stores any) gets an option of its own.
function choose(select, value) {
  if (![...select.options].some((option) => option.value === value)) {
    select.append(make("option", { value, textContent: value }));
  }
  select.value = value;
}

function commentItem(comment, tools) {
  const said = comment.hidden ? "hidden" : "public";
  const doing = (command, body = {}) => () =>
    act(tools.form, () => send(command, { comment_id: comment.id, ...body }));
  return make("li", { className: said },
    make("p", { className: "who" },
      make("b", { textContent: comment.tech ?? "(no name)" }),
      ` · ${said} · ${comment.subject} · `, when(comment.created_at)),
    make("p", { className: "body", textContent: comment.body }),
    make("p", { className: "change" },
      button("Edit", () => tools.edit(comment)),
      button(comment.hidden ? "Show to the customer" : "Hide",
        doing("comment_hide", { hidden: !comment.hidden })),
      button("Delete", doing("comment_delete"))));
}

function makeCard(ticket, state) {
  const head = make("div", { className: "top" });
  const comments = make("ol", { className: "comments" });
  const tools = makeForm(ticket, state);
  const card = make("article", { className: "ticket" }, head, comments, tools.form);
  card.dataset.number = ticket.number;
  return { card, head, comments, tools, number: ticket.number, seen: "" };
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
      ...ticket.attachments.map((file) => fact(`file ${file.file_name}`)),
      make("li", {}, when(ticket.created_at))));
  entry.comments.replaceChildren(
    ...ticket.comments.map((comment) => commentItem(comment, entry.tools)));
  choose(entry.tools.status, ticket.status ?? "");
  choose(entry.tools.priority, ticket.priority ?? "");
  choose(entry.tools.assignee, String(ticket.user_id ?? ""));
  entry.card.classList.toggle("fresh", isChange || version >= 0);
  setTimeout(() => entry.card.classList.remove("fresh"), 2500);
}

function showPeople(state) {
  const select = newForm.elements.contact;
  const chosen = select.value;
  const names = new Map(state.customers.map((customer) => [customer.id, customer.name]));
  options(select, state.contacts.map((contact) => String(contact.id)),
    state.contacts.map((contact) => `${contact.name}, ${names.get(contact.customer_id) ?? "?"}`));
  select.value = chosen || (select.options[0]?.value ?? "");
}

function showEmails(emails) {
  document.getElementById("emails-count").textContent = `Emails to customers: ${emails.length}`;
  document.getElementById("emails").replaceChildren(...emails.slice(-50).reverse().map((email) =>
    make("li", { textContent: `${email.to}, comment ${email.comment_id}` })));
}

function show(state) {
  const chosen = as.value;
  options(as, state.users.map((user) => String(user.id)), state.users.map((user) => user.full_name));
  as.value = chosen || as.options[0].value;
  showPeople(state);
  showEmails(state.emails);
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
