import { Switch } from "@/lib/ui/choice.tsx";
import { TextArea, TextInput } from "@/lib/ui/text_input.tsx";
import { useLanguage } from "../admin/language.tsx";
import { type Editing, errorAt, errorIn, toList } from "./editing.ts";

/** The allowed websites, the questions to visitors, and the data that agents
 * see. */
export function PrivacySection({ editing }: { editing: Editing }) {
  const { texts } = useLanguage();
  const { editor } = texts;
  const { content, edit, problems } = editing;
  const errorOf = (path: "sites" | "pageParameters") =>
    errorIn(problems, { path, lines: content[path] }, texts);
  return (
    <>
      <TextArea
        label={editor.fields.sites}
        hint={editor.sitesHint}
        placeholder="https://www.example.com"
        value={content.sites.join("\n")}
        error={errorOf("sites")}
        onText={(text) => edit({ sites: toList(text) })}
      />
      <TextArea
        label={editor.fields.consent}
        hint={editor.consentHint}
        limit={1_000}
        value={content.consent}
        error={errorAt(problems, "consent", texts)}
        onText={(consent) => edit({ consent })}
      />
      <TextInput
        label={editor.fields.visitorName}
        hint={editor.visitorNameHint}
        limit={64}
        value={content.visitorName}
        error={errorAt(problems, "visitorName", texts)}
        onText={(visitorName) => edit({ visitorName })}
      />
      <Switch
        label={editor.fields.sendPage}
        hint={editor.sendPageHint}
        checked={content.sendPage}
        onToggle={(sendPage) => edit({ sendPage })}
      />
      {content.sendPage && (
        <TextArea
          label={editor.fields.pageParameters}
          hint={editor.pageParametersHint}
          placeholder="utm_source"
          value={content.pageParameters.join("\n")}
          error={errorOf("pageParameters")}
          onText={(text) => edit({ pageParameters: toList(text) })}
        />
      )}
      <Switch
        label={editor.fields.protection}
        hint={editor.protectionHint}
        checked={content.protection !== "off"}
        onToggle={(on) => edit({ protection: on ? "proofOfWork" : "off" })}
      />
    </>
  );
}
