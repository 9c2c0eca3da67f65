import { fill } from "@/lib/i18n/fill.ts";
import type { SharesView } from "@/lib/protocol/admin/statistics.ts";
import { Bar } from "./outcomes.tsx";
import { type Choice, queryOf } from "./choice.ts";
import {
  type Named,
  type StatisticsActions,
  useWords,
} from "./statistics_ui.ts";
import { contactsIn } from "./words.ts";

interface SharesProps {
  kind: "widget" | "agent";
  view: SharesView;
  names: readonly Named[];
  choice: Choice;
  actions: StatisticsActions;
}

/** The share of each widget, or of each agent. A row links to its own
 * figures. */
export function Shares({ kind, view, names, choice, actions }: SharesProps) {
  const { words, texts } = useWords();
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  const most = Math.max(
    1,
    ...view.shares.map(({ figures }) => contactsIn(figures).all),
  );
  const title = texts.shares[kind];
  if (view.shares.length === 0) return null;
  return (
    <section class="panel plot-panel">
      <header class="plot-header">
        <h2>{title}</h2>
      </header>
      <div class="table-scroll" tabIndex={0} role="region" aria-label={title}>
        <table class="shares-table">
          <Head kind={kind} />
          <tbody>
            {view.shares.map((share) => (
              <Row
                key={share.id}
                share={share}
                name={nameOf.get(share.id)}
                {...{ kind, most, choice, actions }}
              />
            ))}
          </tbody>
        </table>
      </div>
      {view.isCut && <p class="soft">{texts.isCut}</p>}
      {view.since !== null && (
        <p class="soft">
          {fill(texts.sharesSince, {
            date: words.days(view.since, view.since),
          })}
        </p>
      )}
    </section>
  );
}

function Head({ kind }: Pick<SharesProps, "kind">) {
  const { texts } = useWords();
  return (
    <thead>
      <tr>
        <th scope="col">{texts[kind]}</th>
        {kind === "widget" && <th scope="col">{texts.columns.opened}</th>}
        <th scope="col">{texts.contacts}</th>
        <th scope="col">{texts.answered}</th>
        <th scope="col">{texts.missed}</th>
        <th scope="col">{texts.columns.wait}</th>
      </tr>
    </thead>
  );
}

function Row({ share: { id, figures }, name, most, kind, choice, actions }: {
  share: SharesView["shares"][number];
  name: string | undefined;
  most: number;
} & Pick<SharesProps, "kind" | "choice" | "actions">) {
  const { words, texts } = useWords();
  const { all, answered, missed } = contactsIn(figures);
  return (
    <tr>
      <th scope="row">
        <a
          href={`/admin/statistics?${queryOf({ ...choice, [kind]: id })}`}
          onClick={(event) => {
            event.preventDefault();
            actions.choose({ [kind]: id });
          }}
        >
          <bdi>{name ?? nameless(kind, id, texts)}</bdi>
        </a>
        <Bar share={all / most} kind="soft" />
      </th>
      {kind === "widget" && <td>{words.number(figures.opened)}</td>}
      <td>{words.number(all)}</td>
      <td>{words.share(answered, all)}</td>
      <td>{words.number(missed)}</td>
      <td>{words.duration(figures.waitMedianMs)}</td>
    </tr>
  );
}

/** A deleted widget still has figures, but no name. */
function nameless(
  kind: "widget" | "agent",
  id: string,
  { deleted }: { deleted: string },
): string {
  return kind === "agent" ? id : `${deleted} ${id.slice(0, 6)}…`;
}
