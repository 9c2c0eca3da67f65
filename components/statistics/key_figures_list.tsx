import { ArrowDown, ArrowUp } from "lucide-preact";
import { fill } from "@/lib/i18n/fill.ts";
import type { StatisticsView } from "@/lib/protocol/admin/statistics.ts";
import { type KeyFigure, keyFigures } from "./key_figures.ts";
import { useWords } from "./statistics_ui.ts";

/** The key figures with their previous values. */
export function KeyFigures({ view: { total, before }, ofAgent }: {
  view: StatisticsView;
  /** True for a single agent: widgets are shown and opened, not agents. */
  ofAgent: boolean;
}) {
  const { words, texts } = useWords();
  const isCounted = ({ name }: KeyFigure) =>
    !ofAgent || (name !== "shown" && name !== "opened");
  return (
    <dl class="key-figures">
      {keyFigures(total, before, { words, texts }).map((figure) => (
        <div key={figure.name} class="panel key-figure">
          <dt>{texts.figures[figure.name]}</dt>
          <dd>
            {isCounted(figure) ? <Value figure={figure} /> : (
              <>
                <span class="key-value">–</span>
                <span class="key-note">{texts.notes.ofAgent}</span>
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ figure }: { figure: KeyFigure }) {
  return (
    <>
      <span class="key-value">{figure.value}</span>
      <ChangeOf figure={figure} />
      {figure.note !== "" && <span class="key-note">{figure.note}</span>}
    </>
  );
}

function ChangeOf({ figure: { change, before } }: { figure: KeyFigure }) {
  const { texts } = useWords();
  if (change === undefined) return null;
  const { way, by, is } = change;
  const told = fill(texts.change[way], { change: by, before });
  return (
    <span class={`change-of change-${is}`} title={told}>
      {way === "up" && <ArrowUp size={13} aria-hidden="true" />}
      {way === "down" && <ArrowDown size={13} aria-hidden="true" />}
      <span aria-hidden="true">{by}</span>
      <span class="hidden-label">{told}</span>
    </span>
  );
}
