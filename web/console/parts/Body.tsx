const ADDRESS = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}])/;

/** What was said, as it was written; addresses can be followed. */
export function Body({ text }: { text: string }) {
    const parts = text.split(ADDRESS);
    return (
        <p class="body" dir="auto">
            {parts.map((part, i) => (i % 2 === 0 ? part : (
                <a key={i} href={part} target="_blank" rel="noopener noreferrer">{part}</a>
            )))}
        </p>
    );
}
