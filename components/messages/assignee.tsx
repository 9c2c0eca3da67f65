import { UserCheck } from "lucide-preact";
import { Button } from "@/lib/ui/button.tsx";
import { Select } from "@/lib/ui/choice.tsx";
import { useLanguage } from "@/components/admin/language.tsx";
import type { MessageProps } from "./message_props.ts";

/** The person who takes care of the message, and the choice of another. */
export function Assignee({ list, message, colleagues, own }: MessageProps) {
  const { texts: { messages: texts } } = useLanguage();
  const { assignee } = message;
  const known = assignee === undefined ||
      colleagues.some(({ id }) => id === assignee.id)
    ? colleagues
    : [...colleagues, assignee];
  return (
    <div class="message-assign">
      <Select
        label={texts.assignee}
        value={assignee?.id ?? ""}
        disabled={list.isBusy.value}
        options={[
          { value: "", label: texts.unassigned },
          ...known.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChoose={(id) => void list.change({ assignee: id === "" ? null : id })}
      />
      {assignee?.id !== own && (
        <Button
          icon={<UserCheck size={16} aria-hidden="true" />}
          disabled={list.isBusy.value}
          onClick={() => void list.change({ assignee: own })}
        >
          {texts.take}
        </Button>
      )}
    </div>
  );
}
