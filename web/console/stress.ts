// Ctrl/Cmd-B and Ctrl/Cmd-I in a box: bold and italic, or no longer.

const MARKS: Readonly<Record<string, string>> = { b: "**", i: "*" };

/** What it does comes to the box as input, to be undone like any. */
export function stressKey(event: KeyboardEvent): void {
    const mark = MARKS[event.key.toLowerCase()];
    const box = event.target;
    if (mark === undefined || !(event.ctrlKey || event.metaKey) || event.altKey ||
        event.shiftKey || event.isComposing || !(box instanceof HTMLTextAreaElement)) return;
    event.preventDefault();
    stress(box, mark);
}

function stress(box: HTMLTextAreaElement, mark: string): void {
    const { value, selectionStart: from, selectionEnd: to } = box;
    const size = mark.length;
    if (isStressed(value, from, to, mark)) {
        box.setSelectionRange(from - size, to + size);
        insert(box, value.slice(from, to));
        box.setSelectionRange(from - size, to - size);
        return;
    }
    // Marks hold within a line, and close to the words.
    const some = value.slice(from, to).split("\n")
        .map((line) => line.trim() === "" ? line
            : line.replace(line.trim(), () => mark + line.trim() + mark)).join("\n");
    insert(box, from === to ? mark + mark : some);
    if (!some.includes("\n")) {
        const lead = some.indexOf(mark) + size;
        if (from === to) box.setSelectionRange(from + size, from + size);
        else box.setSelectionRange(from + lead, from + some.lastIndexOf(mark));
    }
}

/** As many stars stand on both sides: one is italic, two are bold, three are both. */
function isStressed(value: string, from: number, to: number, mark: string): boolean {
    const left = /\**$/.exec(value.slice(Math.max(0, from - 4), from))?.[0].length ?? 0;
    const right = /^\**/.exec(value.slice(to, to + 4))?.[0].length ?? 0;
    return left === right && (left === mark.length || left === 3);
}

/** As if it was typed; a browser that cannot has it without undo. */
function insert(box: HTMLTextAreaElement, text: string): void {
    const done = text === "" ? document.execCommand("delete")
        : document.execCommand("insertText", false, text);
    if (done) return;
    box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
}
