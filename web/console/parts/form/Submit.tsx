import { strings } from "../../strings";

interface Props {
    label: string;
    busy: boolean;
    /** Nothing happens on a press; it stays in the tab order. */
    off?: boolean;
}

/** The button that sends a form. While it is busy it says so and does nothing. */
export function Submit({ label, busy, off = false }: Props) {
    return (
        <button type="submit" class="button primary" aria-disabled={busy || off}
            onClick={(event) => {
                if (busy || off) event.preventDefault();
            }}>
            {busy ? strings.form.busy(label) : label}
        </button>
    );
}
