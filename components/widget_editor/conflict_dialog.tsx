import { fill } from "@/lib/i18n/fill.ts";
import { Button } from "@/lib/ui/button.tsx";
import { Dialog } from "@/lib/ui/dialog.tsx";
import { Banner } from "@/lib/ui/notices.tsx";
import { type Language, useLanguage } from "../admin/language.tsx";
import { type Difference, differences } from "./differences.ts";
import type { Draft } from "./draft.ts";
import { labelOf, valueText } from "./labels.ts";
import { tidy } from "./tidy.ts";
import type { Choice } from "./widget_list_model.ts";

/** Two have saved at once: who is ahead, what differs, and what shall count. */
export function ConflictDialog({ draft, onChoose }: {
  draft: Draft & { phase: "conflict" };
  onChoose: (choice: Choice) => void;
}) {
  const { texts, lang } = useLanguage();
  const { conflict: words, common } = texts;
  const { theirs } = draft;
  const author = theirs.updatedBy?.name;
  const found = differences(tidy(draft.content), theirs.content);
  const time = new Date(theirs.updatedAt)
    .toLocaleString(lang, { dateStyle: "medium", timeStyle: "short" });
  return (
    <Dialog
      size="large"
      title={fill(words.title, { name: draft.saved.content.name })}
      closeLabel={common.close}
      onClose={() => onChoose("later")}
      footer={<Choices onChoose={onChoose} />}
    >
      <p>
        {author
          ? fill(words.leadBy, { author, time })
          : fill(words.lead, { time })}
      </p>
      {found.length === 0
        ? <Banner kind="good">{words.same}</Banner>
        : <Differences found={found} />}
    </Dialog>
  );
}

function Choices({ onChoose }: { onChoose: (choice: Choice) => void }) {
  const { texts: { conflict: words } } = useLanguage();
  return (
    <div class="conflict-choices">
      <Button kind="quiet" onClick={() => onChoose("later")}>
        {words.later}
      </Button>
      <div>
        <Button onClick={() => onChoose("theirs")}>{words.takeTheirs}</Button>
        <p class="hint">{words.takeTheirsHint}</p>
      </div>
      <div>
        <Button kind="danger" onClick={() => onChoose("mine")}>
          {words.keepMine}
        </Button>
        <p class="hint">{words.keepMineHint}</p>
      </div>
    </div>
  );
}

function Differences({ found }: { found: readonly Difference[] }) {
  const language = useLanguage();
  const { conflict: words } = language.texts;
  const values = found.filter((one) => one.type === "value");
  const others = found.filter((one) => one.type !== "value");
  return (
    <>
      <h3>{words.differences}</h3>
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
                <th scope="row">{labelOf(path, language.texts)}</th>
                <td>{valueText(path, mine, language.texts)}</td>
                <td>{valueText(path, theirs, language.texts)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {others.length > 0 && (
        <ul class="plain-list">
          {others.map((one, n) => <li key={n}>{sentence(one, language)}</li>)}
        </ul>
      )}
    </>
  );
}

function sentence(
  difference: Exclude<Difference, { type: "value" }>,
  { texts: { conflict: words } }: Language,
): string {
  if (difference.type === "order") return words.order;
  const texts = {
    mine: words.agentOnlyMine,
    theirs: words.agentOnlyTheirs,
    both: words.agentDiffers,
  };
  return fill(texts[difference.where], { name: difference.who });
}
