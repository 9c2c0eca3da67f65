import type { ComponentChildren } from "preact";
import { ListFilter as Icon } from "lucide-preact";
import { Button, ButtonLink } from "@/lib/ui/button.tsx";
import { FormSelect } from "@/lib/ui/choice.tsx";

interface FilterTexts {
  filter: string;
  reset: string;
}

/** The filter of a list: a form that also works without JavaScript. */
export function ListFilter(
  { look, action, kept, isValid, reset, texts, children }: {
    /** A class. */
    look: string;
    action: string;
    /** Sent with the form, but not shown. */
    kept: { name: string; value: string };
    isValid: boolean;
    /** Address of the whole list, if the filter excludes anything. */
    reset: string | false;
    texts: FilterTexts;
    children: ComponentChildren;
  },
) {
  return (
    <form
      class={`panel list-filter ${look}`}
      method="get"
      action={action}
      onSubmit={(event) => {
        if (!isValid) event.preventDefault();
      }}
    >
      <input type="hidden" {...kept} />
      {children}
      <div class="list-filter-end">
        <Button type="submit" icon={<Icon size={16} aria-hidden="true" />}>
          {texts.filter}
        </Button>
        {reset && (
          <ButtonLink href={reset} kind="quiet">{texts.reset}</ButtonLink>
        )}
      </div>
    </form>
  );
}

/** The choice of one widget, or all. */
export function WidgetChoice({ value, widgets, texts }: {
  value: string;
  widgets: readonly { uuid: string; name: string }[];
  texts: { widget: string; all: string };
}) {
  return (
    <FormSelect
      label={texts.widget}
      name="widget"
      value={value}
      all={texts.all}
      options={widgets.map(({ uuid, name }) => ({ value: uuid, label: name }))}
    />
  );
}

/** Returns the query of a filter, without its empty members. */
export function filterQuery(
  form: Readonly<Record<string, string>>,
): URLSearchParams {
  const given = Object.entries(form).filter(([, text]) => text !== "");
  return new URLSearchParams(given);
}
