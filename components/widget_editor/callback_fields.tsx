import {
  type CallbackSettings,
  PER_SLOT_MAX,
  SLOT_MINUTES,
} from "@/lib/model/callback.ts";
import { Select, Switch } from "@/lib/ui/choice.tsx";
import { NumberField, TextArea } from "@/lib/ui/text_input.tsx";
import { useLanguage } from "../admin/language.tsx";
import { type Editing, errorAt, errorIn, toList } from "./editing.ts";

/** The callbacks that visitors can request. */
export function CallbackFields({ editing }: { editing: Editing }) {
  const { texts: { editor } } = useLanguage();
  const { callbacks } = editing.content;
  return (
    <>
      <Switch
        label={editor.fields.callbacks.on}
        hint={editor.callbacksHint}
        checked={callbacks.on}
        onToggle={(on) => editing.edit({ callbacks: { ...callbacks, on } })}
      />
      {callbacks.on && <Details editing={editing} />}
    </>
  );
}

function Details({ editing }: { editing: Editing }) {
  const { texts } = useLanguage();
  const { editor } = texts;
  const { problems, content: { callbacks } } = editing;
  const { countries } = callbacks;
  const labels = editor.fields.callbacks;
  const set = (change: Partial<CallbackSettings>) =>
    editing.edit({ callbacks: { ...callbacks, ...change } });
  const place = { path: "callbacks.countries", lines: countries };
  return (
    <>
      <TextArea
        label={labels.countries}
        hint={editor.countriesHint}
        value={countries.join("\n")}
        error={errorIn(problems, place, texts)}
        onText={(text) => set({ countries: toList(text) })}
      />
      <div class="fields fields-two">
        <Select
          label={labels.slotMinutes}
          value={String(callbacks.slotMinutes)}
          options={SLOT_MINUTES.map((minutes) => ({
            value: String(minutes),
            label: `${minutes} ${editor.minutes}`,
          }))}
          onChoose={(chosen) => {
            const found = SLOT_MINUTES.find((one) => String(one) === chosen);
            if (found !== undefined) set({ slotMinutes: found });
          }}
        />
        <NumberField
          label={labels.perSlot}
          value={callbacks.perSlot}
          min={1}
          max={PER_SLOT_MAX}
          error={errorAt(problems, "callbacks.perSlot", texts)}
          onNumber={(perSlot) => set({ perSlot })}
        />
      </div>
    </>
  );
}
