// Text onto the clipboard. Only pages on HTTPS or this machine may use the modern way.

/** False when the browser does not allow it; then the person has to select and copy. */
export async function copyText(text: string): Promise<boolean> {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        return copyOld(text);
    }
}

function copyOld(text: string): boolean {
    const before = document.activeElement;
    const box = document.createElement("textarea");
    box.value = text;
    box.readOnly = true;
    box.className = "unseen";
    // Inside an open dialog, for nothing outside of it can be selected.
    (document.querySelector("dialog[open]") ?? document.body).append(box);
    box.select();
    let done = false;
    try {
        done = document.execCommand("copy");
    } catch {
        done = false;
    }
    box.remove();
    if (before instanceof HTMLElement) before.focus();
    return done;
}

/** Offer the text as a file to keep. */
export function download(name: string, text: string): void {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    link.download = name;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
