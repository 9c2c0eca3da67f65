import { fill } from "@/lib/i18n/fill.ts";
import { useLanguage } from "../admin/language.tsx";
import type { Difference } from "./differences.ts";
import { labelOf, valueText } from "./labels.ts";

export interface DifferenceWords {
  title: string;
  /** Headings of the columns: field, one state, the other. */
  what: string;
  mine: string;
  theirs: string;
  /** Sentences about an agent, with `{name}`. */
  onlyMine: string;
  onlyTheirs: string;
  both: string;
  hours: string;
  order: string;
}

/** The differences between two states of a widget, in words. */
export function DifferencesView({ found, words }: {
  found: readonly Difference[];
  words: DifferenceWords;
}) {
  const { texts } = useLanguage();
  const values = found.filter((one) => one.type === "value");
  const others = found.filter((one) => one.type !== "value");
  return (
    <>
      <h3>{words.title}</h3>
      {values.length > 0 && (
        <table class="differences">
          <thead>
            <tr>
              <th scope="col">{words.what}</th>
              <th scope="col">{words.mine}</th>
              <th scope="col">{words.theirs}</th>
            </tr>
          </thead>
          <tbody>
            {values.map(({ path, mine, theirs }) => (
              <tr key={path}>
                <th scope="row">{labelOf(path, texts)}</th>
                <td>{valueText(path, mine, texts)}</td>
                <td>{valueText(path, theirs, texts)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {others.length > 0 && (
        <ul class="plain-list">
          {others.map((one, n) => <li key={n}>{sentence(one, words)}</li>)}
        </ul>
      )}
    </>
  );
}

function sentence(
  difference: Exclude<Difference, { type: "value" }>,
  words: DifferenceWords,
): string {
  if (difference.type === "order") return words.order;
  if (difference.type === "hours") return words.hours;
  const texts = {
    mine: words.onlyMine,
    theirs: words.onlyTheirs,
    both: words.both,
  };
  return fill(texts[difference.where], { name: difference.who });
}
