import { WIDGET_LANGUAGES } from "@/lib/i18n/widget/languages.ts";
import { Select, Switch } from "@/lib/ui/choice.tsx";
import { TextArea, TextInput } from "@/lib/ui/text_input.tsx";
import { useLanguage } from "../admin/language.tsx";
import {
  editAppearance,
  type Editing,
  errorAt,
  errorIn,
  toList,
} from "./editing.ts";
import { languageName } from "./language_name.ts";

/** Language, custom texts, and visibility. */
export function BehaviourSection({ editing }: { editing: Editing }) {
  const { texts, lang } = useLanguage();
  const { editor } = texts;
  const { content, edit } = editing;
  return (
    <>
      <div class="field-short">
        <Select
          label={editor.fields.lang}
          value={content.lang}
          options={languagesWith(content.lang).map((tag) => ({
            value: tag,
            label: languageName(tag, lang),
          }))}
          onChoose={(chosen) => edit({ lang: chosen })}
        />
      </div>
      <Switch
        label={editor.fields.visitorLang}
        hint={editor.visitorLangHint}
        checked={content.visitorLang}
        onToggle={(visitorLang) => edit({ visitorLang })}
      />
      {editing.type === "sidebar" && <SidebarTexts editing={editing} />}
      <Toggles editing={editing} />
    </>
  );
}

function SidebarTexts({ editing }: { editing: Editing }) {
  const { texts } = useLanguage();
  const { editor } = texts;
  const { appearance } = editing.content;
  const labels = editor.fields.appearance;
  return (
    <>
      <TextInput
        label={labels.title}
        hint={editor.titleHint}
        value={appearance.title}
        limit={80}
        error={errorAt(editing.problems, "appearance.title", texts)}
        onText={(title) => editAppearance(editing, { title })}
      />
      <TextArea
        label={labels.helpTexts}
        hint={editor.helpTextsHint}
        value={appearance.helpTexts.join("\n")}
        error={errorIn(
          editing.problems,
          { path: "appearance.helpTexts", lines: appearance.helpTexts },
          texts,
        )}
        onText={(text) => editAppearance(editing, { helpTexts: toList(text) })}
      />
    </>
  );
}

function Toggles({ editing }: { editing: Editing }) {
  const { texts: { editor } } = useLanguage();
  const { appearance } = editing.content;
  const labels = editor.fields.appearance;
  return (
    <div class="toggles">
      <Switch
        label={labels.hideWhenUnavailable}
        hint={editor.hideHint}
        checked={appearance.hideWhenUnavailable}
        onToggle={(hideWhenUnavailable) =>
          editAppearance(editing, { hideWhenUnavailable })}
      />
      {editing.type === "sidebar" && (
        <Switch
          label={labels.randomAgent}
          checked={appearance.randomAgent}
          onToggle={(randomAgent) => editAppearance(editing, { randomAgent })}
        />
      )}
      <Switch
        label={labels.showBranding}
        checked={appearance.showBranding}
        onToggle={(showBranding) => editAppearance(editing, { showBranding })}
      />
    </div>
  );
}

/** Returns all languages, and the chosen one if it is not among them. */
function languagesWith(chosen: string): string[] {
  return [...new Set([...Object.keys(WIDGET_LANGUAGES), chosen])];
}
