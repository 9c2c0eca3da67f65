import { useEffect, useMemo } from "preact/hooks";
import { fill } from "@/lib/i18n/fill.ts";
import type { WidgetVersion } from "@/lib/model/audit.ts";
import type { VersionView } from "@/lib/protocol/admin/messages.ts";
import { Button } from "@/lib/ui/button.tsx";
import { Dialog } from "@/lib/ui/dialog.tsx";
import { Badge, Banner } from "@/lib/ui/notices.tsx";
import { type Language, useLanguage } from "../admin/language.tsx";
import { differences } from "./differences.ts";
import { DifferencesView } from "./differences_view.tsx";
import type { Draft } from "./draft.ts";
import { tidy } from "./tidy.ts";
import { type HistoryApi, VersionHistory } from "./version_history.ts";
import { Waiting } from "./waiting.tsx";
import type { WidgetListModel } from "./widget_list_model.ts";

/**
 * The earlier versions of a widget. Choosing one loads it into the editor and
 * its preview; like any other change it goes live when it is saved.
 */
export function HistoryDialog({ draft, model, api, onClose }: {
  draft: Draft;
  model: WidgetListModel;
  api: HistoryApi;
  onClose: () => void;
}) {
  const language = useLanguage();
  const { history: texts, common } = language.texts;
  const { uuid, content } = draft.saved;
  const history = useMemo(() => new VersionHistory(uuid, api), []);
  useEffect(() => void history.load(), []);
  function take(version: VersionView): void {
    model.edit(uuid, { hours: undefined, ...version.content });
    model.toggle(uuid, true);
    const time = timeText(version.at, language);
    model.toasts.show({ kind: "done", text: fill(texts.takenToast, { time }) });
    onClose();
  }
  return (
    <Dialog
      size="large"
      title={fill(texts.title, { name: content.name })}
      closeLabel={common.close}
      onClose={onClose}
    >
      <p>{texts.lead}</p>
      <Waiting what={history.versions.value}>
        {(versions) => (
          <div class="history">
            <VersionList versions={versions} history={history} />
            <div class="history-version" aria-live="polite">
              {history.chosen.value && (
                <Waiting what={history.chosen.value}>
                  {(version) => (
                    <Version version={version} draft={draft} onTake={take} />
                  )}
                </Waiting>
              )}
            </div>
          </div>
        )}
      </Waiting>
    </Dialog>
  );
}

function VersionList({ versions, history }: {
  versions: readonly WidgetVersion[];
  history: VersionHistory;
}) {
  const language = useLanguage();
  const { history: texts } = language.texts;
  const chosen = history.chosen.value;
  const current = chosen?.state === "there" ? chosen.value.version : undefined;
  return (
    <ol class="version-list" aria-label={texts.versions}>
      {versions.map(({ version, at, by }, place) => (
        <li key={version}>
          <button
            type="button"
            class="version"
            aria-pressed={version === current ? "true" : "false"}
            onClick={() => history.choose(version)}
          >
            <span>{timeText(at, language)}</span>
            <span class="soft">
              {by.name && fill(texts.by, { author: by.name })}
            </span>
            {place === 0 && <Badge>{texts.newest}</Badge>}
          </button>
        </li>
      ))}
    </ol>
  );
}

function Version({ version, draft, onTake }: {
  version: VersionView;
  draft: Draft;
  onTake: (version: VersionView) => void;
}) {
  const { texts: { history: texts } } = useLanguage();
  const found = differences(tidy(draft.content), version.content);
  if (found.length === 0) return <Banner kind="good">{texts.same}</Banner>;
  return (
    <>
      <DifferencesView
        found={found}
        words={{
          title: texts.differences,
          what: texts.what,
          mine: texts.now,
          theirs: texts.then,
          onlyMine: texts.onlyNow,
          onlyTheirs: texts.onlyThen,
          both: texts.differs,
          hours: texts.hours,
          order: texts.order,
        }}
      />
      <div>
        <Button kind="primary" onClick={() => onTake(version)}>
          {texts.take}
        </Button>
        <p class="hint">{texts.takeHint}</p>
      </div>
    </>
  );
}

function timeText(at: number, { lang }: Language): string {
  return new Date(at)
    .toLocaleString(lang, { dateStyle: "medium", timeStyle: "short" });
}
