import type {
  Figures,
  StatisticsView,
} from "@/lib/protocol/admin/statistics.ts";
import { useWords } from "./statistics_ui.ts";
import { pointName } from "./time_plots.tsx";
import { contactsIn, type Words } from "./words.ts";

/** The numbers of both plots, and more, as a table. */
export function FiguresTable({ view, ofAgent }: {
  view: StatisticsView;
  /** True for a single agent: widgets are shown and opened, not agents. */
  ofAgent: boolean;
}) {
  const { words, texts } = useWords();
  const { points, total } = view;
  const heads = texts.columns;
  return (
    <div
      class="table-scroll"
      tabIndex={0}
      role="region"
      aria-label={texts.tableTitle}
    >
      <table class="figures-table">
        <thead>
          <tr>
            <th scope="col">{texts.steps[view.by]}</th>
            {Object.entries(heads).map(([name, head]) => (
              <th key={name} scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map(({ start, figures }, n) => (
            <tr key={`${start} ${n}`}>
              <th scope="row">{pointName(view, n, { words, texts })}</th>
              <Cells {...{ figures, words, ofAgent }} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{texts.sum}</th>
            <Cells figures={total} {...{ words, ofAgent }} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Cells({ figures, words, ofAgent }: {
  figures: Figures;
  words: Words;
  ofAgent: boolean;
}) {
  const { answered, missed } = contactsIn(figures);
  const { shown, opened, chats, calls, messages, callbacks } = figures;
  const { queueMedianMs, waitMedianMs, waitP90Ms, talkMs } = figures;
  return (
    <>
      {(ofAgent ? [null, null] : [shown, opened]).map((count, n) => (
        <td key={n}>{count === null ? "–" : words.number(count)}</td>
      ))}
      {[chats, calls, answered, missed, messages, callbacks].map((count, n) => (
        <td key={n}>{words.number(count)}</td>
      ))}
      {[queueMedianMs, waitMedianMs, waitP90Ms, talkMs].map((ms, n) => (
        <td key={n}>{words.duration(ms)}</td>
      ))}
    </>
  );
}
