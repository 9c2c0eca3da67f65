import { useState } from "preact/hooks";
import { Download, ExternalLink } from "lucide-preact";
import type { AdminClient } from "@/lib/protocol/admin/client.ts";
import type { PinnedScript } from "@/lib/protocol/admin/messages.ts";
import { fill } from "@/lib/i18n/fill.ts";
import { Button, ButtonLink } from "@/lib/ui/button.tsx";
import { Dialog } from "@/lib/ui/dialog.tsx";
import { Banner } from "@/lib/ui/notices.tsx";
import { CopyBox } from "../admin/copy_box.tsx";
import { type Language, useLanguage } from "../admin/language.tsx";
import { type Draft, isUnsaved } from "./draft.ts";
import {
  cspLines,
  embedCode,
  pinnedCode,
  testPage,
  testPageName,
} from "./embed.ts";
import type { Loaded } from "./version_history.ts";
import { Waiting } from "./waiting.tsx";

/** The request for the pinned script. */
export type CodeApi = Pick<AdminClient, "pinnedScript">;

export interface CodeDialogProps {
  draft: Draft;
  api: CodeApi;
  publicUrl: string;
  onClose: () => void;
}

/** The code for the website. */
export function CodeDialog(props: CodeDialogProps) {
  const { draft, publicUrl, onClose } = props;
  const language = useLanguage();
  const { code: texts, common } = language.texts;
  const { saved } = draft;
  const { name, sites } = saved.content;
  return (
    <Dialog
      size="large"
      title={fill(texts.title, { name })}
      closeLabel={common.close}
      onClose={onClose}
    >
      {isUnsaved(draft) && <Banner kind="warning">{texts.unsaved}</Banner>}
      <p>{texts.lead}</p>
      <CopyBox
        isPrimary
        label={texts.codeLabel}
        button={texts.copy}
        text={embedCode(publicUrl, saved.uuid)}
      />
      <hr class="rule" />
      <div class="code-actions">
        <Button
          icon={<Download size={16} aria-hidden="true" />}
          onClick={() => download(draft, publicUrl, language)}
        >
          {texts.download}
        </Button>
        <ButtonLink
          kind="quiet"
          target="_blank"
          href={`/preview/${saved.uuid}`}
          icon={<ExternalLink size={16} aria-hidden="true" />}
        >
          {texts.previewLink}
        </ButtonLink>
        <p class="hint">
          {texts.downloadHint} {sites.length > 0 && texts.downloadSites}
        </p>
      </div>
      <details class="more-options">
        <summary>{texts.cspTitle}</summary>
        <p>{texts.cspLead}</p>
        <CopyBox
          label={texts.cspLabel}
          button={texts.copyCsp}
          text={cspLines(publicUrl)}
        />
      </details>
      <PinnedLines {...props} />
    </Dialog>
  );
}

/** The code of one version with its hash. It is requested when it is opened. */
function PinnedLines({ draft, api, publicUrl }: CodeDialogProps) {
  const { texts: { code: texts } } = useLanguage();
  const [pinned, setPinned] = useState<Loaded<PinnedScript>>();
  async function load(): Promise<void> {
    if (pinned?.state === "loading" || pinned?.state === "there") return;
    setPinned({ state: "loading" });
    const answer = await api.pinnedScript();
    setPinned(
      answer.ok
        ? { state: "there", value: answer.value }
        : { state: "failed", reason: answer.error.reason },
    );
  }
  return (
    <details
      class="more-options"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) void load();
      }}
    >
      <summary>{texts.pinnedTitle}</summary>
      <p>{texts.pinnedLead}</p>
      {pinned && (
        <Waiting what={pinned}>
          {(script) => (
            <CopyBox
              label={texts.pinnedLabel}
              button={texts.copyPinned}
              text={pinnedCode(publicUrl, draft.saved.uuid, script)}
            />
          )}
        </Waiting>
      )}
    </details>
  );
}

function download(
  { saved }: Draft,
  publicUrl: string,
  { texts: { code: texts }, lang }: Language,
): void {
  const { name } = saved.content;
  const page = testPage(publicUrl, {
    widget: saved,
    lang,
    heading: texts.pageHeading,
    text: fill(texts.pageText, { name }),
  });
  const url = URL.createObjectURL(new Blob([page], { type: "text/html" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = testPageName(name);
  link.click();
  URL.revokeObjectURL(url);
}
