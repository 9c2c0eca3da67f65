import type { Company } from "@/lib/model/company.ts";
import { TextInput, type TextInputProps } from "@/lib/ui/text_input.tsx";
import { useLanguage } from "../admin/language.tsx";
import { editCompany, type Editing, errorAt } from "./editing.ts";

type Key = keyof Company;

/** How each field is written and what browsers offer to fill in. */
const FIELDS: readonly (Pick<TextInputProps, "type" | "dir" | "maxLength"> & {
  key: Key;
  wide?: true;
})[] = [
  { key: "name", maxLength: 100, wide: true },
  { key: "street", maxLength: 100, wide: true },
  { key: "zip", maxLength: 20 },
  { key: "city", maxLength: 100 },
  { key: "country", maxLength: 100, wide: true },
  { key: "phone", type: "tel", dir: "ltr", maxLength: 40 },
  { key: "fax", type: "tel", dir: "ltr", maxLength: 40 },
  { key: "email", type: "email", dir: "ltr", maxLength: 254 },
  { key: "web", type: "url", dir: "ltr", maxLength: 500 },
];

/** The main contact details of the widget. */
export function DetailsSection({ editing }: { editing: Editing }) {
  const { texts } = useLanguage();
  const labels = texts.editor.fields.company;
  return (
    <>
      <p class="section-lead">{texts.editor.detailsLead}</p>
      <div class="fields fields-two">
        {FIELDS.map(({ key, wide, ...input }) => (
          <div key={key} class={wide ? "field-wide" : undefined}>
            <TextInput
              {...input}
              label={labels[key]}
              value={editing.content.company[key]}
              error={errorAt(editing.problems, `company.${key}`, texts)}
              placeholder={key === "web" ? "https://" : ""}
              onText={(text) =>
                editCompany(editing, { [key]: text })}
            />
          </div>
        ))}
      </div>
    </>
  );
}
