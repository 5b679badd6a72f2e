import type { Figures } from "../../rest/reports";
import { strings } from "../../strings";
import { mean, number, took } from "./figures";

/** The whole period in a few figures. */
export function AllCard({ all }: { all: Figures }) {
    const words = strings.reports;
    const facts: (readonly [string, string])[] = [
        [words.conversations, number(all.conversations)],
        ...(all.takenOver > 0 ? [[words.takenOver, number(all.takenOver)] as const] : []),
        [words.answer, took(all.answer.median)],
        [words.answerMost, took(all.answer.p90)],
        [words.resolution, took(all.resolution.median)],
        [words.resolutionMost, took(all.resolution.p90)],
        [all.rated > 0 ? words.ratings(all.rated) : words.rating, mean(all)],
    ];
    return (
        <section class="card" aria-labelledby="all-heading">
            <h2 id="all-heading">{words.all}</h2>
            <dl class="numbers">
                {facts.map(([name, value]) => (
                    <div key={name}><dt>{name}</dt><dd>{value}</dd></div>
                ))}
            </dl>
        </section>
    );
}
