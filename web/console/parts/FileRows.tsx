import { useEffect, useState } from "preact/hooks";

import { sizeText } from "../../files/size";
import { isPicture } from "../../files/uploads";
import type { Upload } from "../../files/uploads";
import type { FileDraft } from "../files";
import { strings } from "../strings";

/** A picture of what is not sent yet, for as long as it is shown. */
function Preview({ file }: { file: File }) {
    const [url, setUrl] = useState("");
    useEffect(() => {
        const made = URL.createObjectURL(file);
        setUrl(made);
        return () => URL.revokeObjectURL(made);
    }, [file]);
    return url === "" ? null : <img src={url} alt="" onError={() => setUrl("")} />;
}

function Row({ upload, onRemove }: { upload: Upload; onRemove: () => void }) {
    const { name, size, sent, id, trouble, type, waits } = upload;
    const percent = Math.floor((100 * sent) / Math.max(size, 1));
    const words = strings.files;
    return (
        <li class={`file${trouble === null ? "" : " file-bad"}`}>
            {isPicture(type) && <Preview file={upload.file} />}
            <span class="file-words">
                <span class="file-name" dir="auto">{name}</span>
                <span class="file-state">
                    {trouble !== null ? words.troubles[trouble]
                        : id !== null ? sizeText(size)
                        : waits ? words.waits : words.percent(percent)}
                </span>
                {trouble === null && id === null &&
                    <progress max={100} value={percent} aria-label={words.uploading(name)} />}
            </span>
            <button type="button" class="button file-away" aria-label={words.remove(name)}
                onClick={onRemove}>
                <span aria-hidden="true">✕</span>
            </button>
        </li>
    );
}

/** The files that go with the next message. */
export function FileRows({ draft }: { draft: FileDraft }) {
    if (draft.list.length === 0) return null;
    return (
        <ul class="files" aria-label={strings.files.heading}>
            {draft.list.map((one) => (
                <Row key={one.clientId} upload={one} onRemove={() => draft.remove(one.clientId)} />
            ))}
        </ul>
    );
}
