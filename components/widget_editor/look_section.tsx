import {
  type Appearance,
  FONTS,
  POSITIONS,
  THEMES,
} from "@/lib/model/appearance.ts";
import { fill } from "@/lib/i18n/fill.ts";
import { Button } from "@/lib/ui/button.tsx";
import { Select } from "@/lib/ui/choice.tsx";
import { ColourField } from "@/lib/ui/colour_field.tsx";
import { Banner } from "@/lib/ui/notices.tsx";
import { NumberField } from "@/lib/ui/text_input.tsx";
import { useLanguage } from "../admin/language.tsx";
import { type HardColour, hardColours } from "./contrast.ts";
import { editAppearance, type Editing, errorAt } from "./editing.ts";

type ColourKey = keyof Appearance["colors"];
const COLOURS: readonly ColourKey[] = ["accent", "background", "card", "text"];

/** Fonts, colours and sizes. */
export function LookSection({ editing }: { editing: Editing }) {
  const { texts } = useLanguage();
  return (
    <>
      <Type editing={editing} />
      <h3 class="section-title">{texts.editor.colours}</h3>
      <Colours editing={editing} />
      <h3 class="section-title">{texts.editor.spacing}</h3>
      <Distances editing={editing} />
    </>
  );
}

function Type({ editing }: { editing: Editing }) {
  const { texts: { editor } } = useLanguage();
  const { appearance } = editing.content;
  const labels = editor.fields.appearance;
  return (
    <div class="fields">
      <Select
        label={labels.font}
        value={appearance.font}
        options={FONTS.map((value) => ({ value, label: editor.fonts[value] }))}
        onChoose={(font) => editAppearance(editing, { font })}
      />
      <Pixels editing={editing} path="fontSize" min={12} max={24} />
      <Select
        label={labels.theme}
        value={appearance.theme}
        options={THEMES.map((value) => ({
          value,
          label: editor.themes[value],
        }))}
        onChoose={(theme) => editAppearance(editing, { theme })}
      />
      {editing.type === "sidebar" && (
        <Select
          label={labels.position}
          hint={editor.positionHint}
          value={appearance.position}
          options={POSITIONS.map((value) => ({
            value,
            label: editor.positions[value],
          }))}
          onChoose={(position) => editAppearance(editing, { position })}
        />
      )}
    </div>
  );
}

function Colours({ editing }: { editing: Editing }) {
  const { texts } = useLanguage();
  const { colors, theme } = editing.content.appearance;
  const labels = texts.editor.fields.appearance.colors;
  const set = (key: ColourKey, value: string) =>
    editAppearance(editing, { colors: { ...colors, [key]: value } });
  return (
    <>
      <div class="fields fields-four">
        {COLOURS.map((key) => (
          <ColourField
            key={key}
            label={labels[key]}
            pickLabel={texts.editor.pickColour}
            value={colors[key]}
            error={errorAt(
              editing.problems,
              `appearance.colors.${key}`,
              texts,
            )}
            onText={(value) => set(key, value)}
          />
        ))}
      </div>
      {hardColours(colors, theme).map((found) => (
        <Warning
          key={found.colour}
          label={labels[found.colour]}
          found={found}
          onUse={() => set(found.colour, found.nearest)}
        />
      ))}
    </>
  );
}

/** Warns that a colour is hard to read, and offers the nearest readable one. */
function Warning({ label, found, onUse }: {
  label: string;
  found: HardColour;
  onUse: () => void;
}) {
  const { texts: { editor }, lang } = useLanguage();
  const ratio = found.ratio.toLocaleString(lang, { maximumFractionDigits: 1 });
  const colour = found.nearest;
  return (
    <Banner
      kind="warning"
      actions={
        <Button size="small" onClick={onUse}>
          {fill(editor.useNearest, { colour })}
        </Button>
      }
    >
      <strong>{label}, {editor.themes[found.theme]}.</strong>{" "}
      {fill(editor.hardToRead, { ratio, colour })}
    </Banner>
  );
}

function Distances({ editing }: { editing: Editing }) {
  const { texts } = useLanguage();
  const { editor } = texts;
  const { margin, zIndex } = editing.content.appearance;
  const labels = editor.fields.appearance;
  return (
    <div class="fields fields-four">
      <Pixels editing={editing} path="radius" min={0} max={32} />
      <Pixels editing={editing} path="gap" min={0} max={64} />
      {(["x", "y"] as const).map((side) => (
        <NumberField
          key={side}
          label={labels.margin[side]}
          unit="px"
          min={0}
          max={400}
          value={margin[side]}
          error={errorAt(editing.problems, `appearance.margin.${side}`, texts)}
          onNumber={(value) =>
            editAppearance(editing, { margin: { ...margin, [side]: value } })}
        />
      ))}
      <NumberField
        label={labels.zIndex}
        hint={editor.zIndexHint}
        min={0}
        value={zIndex}
        error={errorAt(editing.problems, "appearance.zIndex", texts)}
        onNumber={(value) => editAppearance(editing, { zIndex: value })}
      />
    </div>
  );
}

function Pixels({ editing, path, min, max }: {
  editing: Editing;
  path: "fontSize" | "radius" | "gap";
  min: number;
  max: number;
}) {
  const { texts } = useLanguage();
  return (
    <NumberField
      label={texts.editor.fields.appearance[path]}
      unit="px"
      min={min}
      max={max}
      value={editing.content.appearance[path]}
      error={errorAt(editing.problems, `appearance.${path}`, texts)}
      onNumber={(value) => editAppearance(editing, { [path]: value })}
    />
  );
}
