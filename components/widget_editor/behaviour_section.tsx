import { WIDGET_LANGUAGES } from "@/lib/i18n/widget/languages.ts";
import { IDLE_MINUTES_MAX, type IdleChats } from "@/lib/model/idle_chats.ts";
import { Select, Switch } from "@/lib/ui/choice.tsx";
import { NumberField, TextArea, TextInput } from "@/lib/ui/text_input.tsx";
import { useLanguage } from "../admin/language.tsx";
import { CallbackFields } from "./callback_fields.tsx";
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
      <IdleSettings editing={editing} />
    </>
  );
}

/** When chats end in which nobody writes. */
function IdleSettings({ editing }: { editing: Editing }) {
  const { texts: { editor } } = useLanguage();
  const { idleChats } = editing.content;
  const set = (change: Partial<IdleChats>) =>
    editing.edit({ idleChats: { ...idleChats, ...change } });
  return (
    <>
      <Switch
        label={editor.fields.idleChats.close}
        hint={editor.idleHint}
        checked={idleChats.close}
        onToggle={(close) => set({ close })}
      />
      {idleChats.close && (
        <div class="fields fields-two">
          <Minutes editing={editing} path="warnMinutes" onMinutes={set} />
          <Minutes editing={editing} path="endMinutes" onMinutes={set} />
        </div>
      )}
    </>
  );
}

function Minutes({ editing, path, onMinutes }: {
  editing: Editing;
  path: "warnMinutes" | "endMinutes";
  onMinutes: (change: Partial<IdleChats>) => void;
}) {
  const { texts } = useLanguage();
  const { editor } = texts;
  return (
    <NumberField
      label={editor.fields.idleChats[path]}
      value={editing.content.idleChats[path]}
      min={1}
      max={IDLE_MINUTES_MAX}
      unit={editor.minutes}
      error={errorAt(editing.problems, `idleChats.${path}`, texts)}
      onNumber={(minutes) => onMinutes({ [path]: minutes })}
    />
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
  const { texts } = useLanguage();
  const { editor } = texts;
  const { appearance } = editing.content;
  const labels = editor.fields.appearance;
  const { messages } = editing.content;
  return (
    <div class="toggles">
      <Switch
        label={editor.fields.messages.on}
        hint={editor.messagesHint}
        checked={messages.on}
        onToggle={(on) => editing.edit({ messages: { ...messages, on } })}
      />
      {messages.on && (
        <TextInput
          label={editor.fields.messages.email}
          hint={editor.messagesEmailHint}
          type="email"
          value={messages.email}
          error={errorAt(editing.problems, "messages.email", texts)}
          onText={(email) => editing.edit({ messages: { ...messages, email } })}
        />
      )}
      {messages.on && <CallbackFields editing={editing} />}
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
