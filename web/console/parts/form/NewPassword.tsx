import { strings } from "../../strings";
import { PasswordField } from "./PasswordField";

interface Props {
    value: string;
    again: string;
    onValue: (value: string) => void;
    onAgain: (value: string) => void;
    error: string;
    againError: string;
}

const BYTES_MIN = 12;
const BYTES_MAX = 256;
const encoder = new TextEncoder();

/** What is wrong with a new password, or "". The server has the last word. */
export function passwordFault(password: string, names: string[]): string {
    const bytes = encoder.encode(password).length;
    if (bytes < BYTES_MIN) return strings.form.tooShort;
    if (bytes > BYTES_MAX) return strings.form.tooLong;
    const same = names.some((name) => name !== "" && name.toLowerCase() === password.toLowerCase());
    return same ? strings.form.sameAsName : "";
}

/** A new password, twice, with its rules said beforehand. */
export function NewPassword(props: Props) {
    return (
        <>
            <PasswordField name="new-password" label={strings.form.newPassword}
                hint={strings.form.passwordRules} value={props.value} onInput={props.onValue}
                autoComplete="new-password" error={props.error} />
            <PasswordField name="new-password-again" label={strings.form.newPasswordAgain}
                value={props.again} onInput={props.onAgain} autoComplete="new-password"
                error={props.againError} />
        </>
    );
}
