import { useState } from "preact/hooks";

import { sizeText } from "../../files/size";
import { isPicture } from "../../files/uploads";
import type { MessageFile } from "../protocol";
import { strings } from "../strings";

function SaidFile({ file }: { file: MessageFile }) {
    const { id, name, type, size, width, height } = file;
    const [bad, setBad] = useState(false);
    const isShown = isPicture(type) && !bad;
    const url = `/v1/files/${encodeURIComponent(id)}`;
    return (
        <li>
            <a class={`file${isShown ? " file-picture" : ""}`} href={url} target="_blank"
                rel="noopener noreferrer" download={isPicture(type) ? undefined : name}
                aria-label={strings.files.open(name, sizeText(size))}>
                {isShown &&
                    <img src={url} alt="" loading="lazy" width={width || undefined}
                        height={height || undefined} onError={() => setBad(true)} />}
                <span class="file-words">
                    <span class="file-name" dir="auto">{name}</span>
                    <span class="file-state">{sizeText(size)}</span>
                </span>
            </a>
        </li>
    );
}

/** The files of a message: pictures are shown, all open by a click. */
export function SaidFiles({ files }: { files: readonly MessageFile[] }) {
    if (files.length === 0) return null;
    return (
        <ul class="files" aria-label={strings.files.heading}>
            {files.map((one) => <SaidFile key={one.id} file={one} />)}
        </ul>
    );
}
