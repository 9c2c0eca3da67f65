import { useState } from "preact/hooks";
import {
  ADDRESS_LENGTH_MAX,
  type FilterForm as Form,
} from "@/lib/protocol/admin/contacts.ts";
import { FormSelect } from "@/lib/ui/choice.tsx";
import { Field } from "@/lib/ui/field.tsx";
import { isTooLong } from "@/lib/ui/limit.tsx";
import { TextInput } from "@/lib/ui/text_input.tsx";
import { useLanguage } from "@/components/admin/language.tsx";
import {
  filterQuery,
  ListFilter,
  WidgetChoice,
} from "@/components/admin/list_filter.tsx";
import { useTimeZone } from "@/components/admin/time_zone.ts";

const MEDIA = ["voice", "video", "chat"] as const;

/** The filter of the contacts: a form that also works without JavaScript. */
export function FilterForm({ form, widgets }: {
  form: Form;
  widgets: readonly { uuid: string; name: string }[];
}) {
  const { texts: { contacts: texts } } = useLanguage();
  const zone = useTimeZone(form.zone);
  const [agent, setAgent] = useState(form.agent);
  return (
    <ListFilter
      look="contact-filter"
      action="/admin/contacts"
      kept={{ name: "zone", value: zone }}
      isValid={!isTooLong(agent, ADDRESS_LENGTH_MAX)}
      reset={isSet(form) && "/admin/contacts"}
      texts={texts}
    >
      <Day name="from" label={texts.from} value={form.from} />
      <Day name="to" label={texts.to} value={form.to} />
      <WidgetChoice value={form.widget} widgets={widgets} texts={texts} />
      <FormSelect
        label={texts.media}
        name="media"
        value={form.media}
        all={texts.all}
        options={MEDIA.map((media) => ({ value: media, label: texts[media] }))}
      />
      <TextInput
        label={texts.agent}
        name="agent"
        value={agent}
        limit={ADDRESS_LENGTH_MAX}
        placeholder={texts.agentHint}
        onText={setAgent}
      />
    </ListFilter>
  );
}

/** True if the filter excludes anything. */
export function isSet(form: Form): boolean {
  const { from, to, widget, agent, media } = form;
  return [from, to, widget, agent, media].some((text) => text !== "");
}

/** Returns the address of the next page, with the same filter. */
export function olderHref(form: Form, next: string): string {
  return `/admin/contacts?${filterQuery({ ...form, after: next })}`;
}

function Day({ name, label, value }: {
  name: string;
  label: string;
  value: string;
}) {
  return (
    <Field label={label}>
      {(control) => (
        <input
          {...control}
          class="input"
          type="date"
          name={name}
          value={value}
          data-empty={value === "" ? "true" : undefined}
          onInput={({ currentTarget: field }) => {
            const isEmpty = field.value === "" && !field.validity.badInput;
            field.toggleAttribute("data-empty", isEmpty);
          }}
        />
      )}
    </Field>
  );
}
