import { Ban } from "lucide-preact";
import { useMemo } from "preact/hooks";
import { BlockForm } from "@/components/blocks/block_form.tsx";
import { BlockModel } from "@/components/blocks/block_model.ts";
import { AdminClient } from "@/lib/protocol/admin/client.ts";
import { Button } from "@/lib/ui/button.tsx";
import { useDesk } from "./desk_ui.ts";
import { Question } from "./question.tsx";

/** The button that blocks the visitor of a call or chat, and its question. */
export function BlockVisitor({ contact }: { contact: string }) {
  const { desk, texts: { block: texts } } = useDesk();
  const model = useMemo(
    () => new BlockModel(contact, new AdminClient(), texts),
    [contact],
  );
  const asked = model.asked.value;
  if (desk.isSignedOut.value) return null;
  return (
    <div class="desk-blocking">
      {asked.state === "open"
        ? (
          <Question
            title={texts.title}
            confirm={texts.confirm}
            cancel={texts.cancel}
            onCancel={() => model.close()}
            onConfirm={() => void model.block()}
          >
            <BlockForm
              choice={model.choice.value}
              blockable={asked.blockable}
              texts={texts}
              onChoice={(choice) => model.choice.value = choice}
            />
          </Question>
        )
        : (
          <Button
            size="small"
            busy={asked.state === "loading"}
            icon={<Ban size={14} aria-hidden="true" />}
            onClick={() => void model.open()}
          >
            {texts.button}
          </Button>
        )}
      <p role="status">{model.outcome.value}</p>
    </div>
  );
}
