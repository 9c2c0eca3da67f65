import type { Company } from "@/lib/model/company.ts";
import { TextInput, type TextInputProps } from "@/lib/ui/text_input.tsx";
import { useLanguage } from "../admin/language.tsx";
import { editCompany, type Editing, errorAt } from "./editing.ts";

type Key = keyof Company;

/** Input type and autocompletion of each field. */
const FIELDS: readonly (Pick<TextInputProps, "type" | "dir" | "limit"> & {
  key: Key;
  wide?: true;
})[] = [
  { key: "name", limit: 100, wide: true },
  { key: "street", limit: 100, wide: true },
  { key: "zip", limit: 20 },
  { key: "city", limit: 100 },
  { key: "country", limit: 100, wide: true },
  { key: "phone", type: "tel", dir: "ltr", limit: 40 },
  { key: "fax", type: "tel", dir: "ltr", limit: 40 },
  { key: "email", type: "email", dir: "ltr", limit: 254 },
  { key: "web", type: "url", dir: "ltr", limit: 500 },
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
