import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { CircleAlert } from "lucide-preact";
import { fill } from "@/lib/i18n/fill.ts";
import { reasonText } from "@/lib/i18n/admin/refusal_text.ts";
import { Banner } from "@/lib/ui/notices.tsx";
import { Tabs } from "@/lib/ui/tabs.tsx";
import type { ToastList } from "@/lib/ui/toasts.ts";
import { useLanguage } from "../admin/language.tsx";
import type { HoursApi } from "../opening_hours/hours_state.tsx";
import type { AgentApi } from "./agent_dialog.tsx";
import { AgentsSection } from "./agents_section.tsx";
import { BehaviourSection } from "./behaviour_section.tsx";
import { DetailsSection } from "./details_section.tsx";
import type { Draft } from "./draft.ts";
import type { Editing } from "./editing.ts";
import { HoursSection } from "./hours_section.tsx";
import { LookSection } from "./look_section.tsx";
import { Preview } from "./preview.tsx";
import { PrivacySection } from "./privacy_section.tsx";
import type { Problems } from "./problems.ts";
import { type EditorSection, SECTIONS, sectionsWith } from "./sections.ts";

export interface EditorProps {
  draft: Draft;
  editing: Editing;
  current: () => Editing;
  api: EditorApi;
  toasts: ToastList;
}

export type EditorApi = AgentApi & HoursApi;

/** All settings of a widget, and next to them its preview. */
export function Editor(props: EditorProps) {
  const { texts } = useLanguage();
  const { draft, editing } = props;
  const [section, setSection] = useState<EditorSection>("agents");
  const form = useRef<HTMLDivElement>(null);
  useProblems(draft.problems, { form, section, setSection });
  const wrong = sectionsWith(draft.problems);
  const failure = draft.phase === "editing" ? draft.failure : undefined;
  return (
    <div class="editor">
      <div class="editor-form" ref={form}>
        {failure && (
          <Banner kind="danger" live>
            <strong>{texts.widgets.notSaved}</strong>{" "}
            {reasonText(failure.reason, texts)}
          </Banner>
        )}
        <Tabs
          label={fill(texts.editor.sections, { name: draft.content.name })}
          current={section}
          onChoose={setSection}
          tabs={SECTIONS.map((id) => ({
            id,
            label: texts.editor[TITLES[id]],
            note: wrong.has(id)
              ? <WrongMark />
              : id === "agents" && (
                <span class="count">{editing.content.agents.length}</span>
              ),
          }))}
        >
          <SectionContent {...props} section={section} />
        </Tabs>
      </div>
      <Preview editing={editing} />
    </div>
  );
}

const TITLES = {
  agents: "tabAgents",
  details: "tabDetails",
  look: "tabLook",
  behaviour: "tabBehaviour",
  hours: "tabHours",
  privacy: "tabPrivacy",
} as const;

function WrongMark() {
  const { texts: { editor } } = useLanguage();
  return (
    <CircleAlert
      class="tab-wrong"
      size={15}
      role="img"
      aria-label={editor.tabProblem}
    />
  );
}

function SectionContent(props: EditorProps & { section: EditorSection }) {
  const { editing } = props;
  switch (props.section) {
    case "agents":
      return <AgentsSection {...props} />;
    case "details":
      return <DetailsSection editing={editing} />;
    case "look":
      return <LookSection editing={editing} />;
    case "behaviour":
      return <BehaviourSection editing={editing} />;
    case "hours":
      return <HoursSection editing={editing} api={props.api} />;
    case "privacy":
      return <PrivacySection editing={editing} />;
  }
}

/** After a rejected save, opens the section of the first error and focuses
 * it. */
function useProblems(problems: Problems, { form, section, setSection }: {
  form: { current: HTMLElement | null };
  section: EditorSection;
  setSection: (section: EditorSection) => void;
}): void {
  const shown = useRef<Problems>(problems);
  const [isSeeking, seek] = useState(false);
  useLayoutEffect(() => {
    const count = Object.keys(problems).length;
    const isNew = count > Object.keys(shown.current).length;
    shown.current = problems;
    if (!isNew) return;
    const [first] = SECTIONS.filter((id) => sectionsWith(problems).has(id));
    if (first !== undefined) setSection(first);
    seek(true);
  }, [problems]);
  useLayoutEffect(() => {
    if (!isSeeking) return;
    seek(false);
    const field = form.current?.querySelector('[aria-invalid="true"]');
    if (field instanceof HTMLElement) field.focus();
  }, [isSeeking, section]);
}
