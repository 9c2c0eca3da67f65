import { fill } from "@/lib/i18n/fill.ts";
import { Button } from "@/lib/ui/button.tsx";
import { Dialog } from "@/lib/ui/dialog.tsx";
import { Banner } from "@/lib/ui/notices.tsx";
import { useLanguage } from "../admin/language.tsx";
import { differences } from "./differences.ts";
import { DifferencesView } from "./differences_view.tsx";
import type { Draft } from "./draft.ts";
import { tidy } from "./tidy.ts";
import type { Choice } from "./widget_list_model.ts";

/** Shown after two admins have saved the same widget: the other admin, the
 * differences, and the choice. */
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
        : (
          <DifferencesView
            found={found}
            words={{
              title: words.differences,
              what: words.what,
              mine: words.mine,
              theirs: words.theirs,
              onlyMine: words.agentOnlyMine,
              onlyTheirs: words.agentOnlyTheirs,
              both: words.agentDiffers,
              hours: words.hours,
              order: words.order,
            }}
          />
        )}
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
