import { useState } from "preact/hooks";
import { ListFilter } from "lucide-preact";
import {
  ADDRESS_LENGTH_MAX,
  type FilterForm as Form,
} from "@/lib/protocol/admin/contacts.ts";
import { Button, ButtonLink } from "@/lib/ui/button.tsx";
import { FormSelect } from "@/lib/ui/choice.tsx";
import { Field } from "@/lib/ui/field.tsx";
import { isTooLong } from "@/lib/ui/limit.tsx";
import { TextInput } from "@/lib/ui/text_input.tsx";
import { useLanguage } from "@/components/admin/language.tsx";
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
    <form
      class="panel list-filter contact-filter"
      method="get"
      action="/admin/contacts"
      onSubmit={(event) => {
        if (isTooLong(agent, ADDRESS_LENGTH_MAX)) event.preventDefault();
      }}
    >
      <input type="hidden" name="zone" value={zone} />
      <Day name="from" label={texts.from} value={form.from} />
      <Day name="to" label={texts.to} value={form.to} />
      <FormSelect
        label={texts.widget}
        name="widget"
        value={form.widget}
        all={texts.all}
        options={widgets.map(({ uuid, name }) => ({
          value: uuid,
          label: name,
        }))}
      />
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
      <div class="list-filter-end">
        <Button
          type="submit"
          icon={<ListFilter size={16} aria-hidden="true" />}
        >
          {texts.filter}
        </Button>
        {isSet(form) && (
          <ButtonLink href="/admin/contacts" kind="quiet">
            {texts.reset}
          </ButtonLink>
        )}
      </div>
    </form>
  );
}

/** True if the filter excludes anything. */
export function isSet(form: Form): boolean {
  const { from, to, widget, agent, media } = form;
  return [from, to, widget, agent, media].some((text) => text !== "");
}

/** Returns the address of the next page, with the same filter. */
export function olderHref(form: Form, next: string): string {
  const given = Object.entries({ ...form, after: next })
    .filter(([, text]) => text !== "");
  return `/admin/contacts?${new URLSearchParams(given)}`;
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
