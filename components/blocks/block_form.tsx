import { BLOCK_TIMES, type BlockTime } from "@/lib/model/block.ts";
import type { Blockable } from "@/lib/protocol/admin/blocks.ts";
import { Checkbox, Select } from "@/lib/ui/choice.tsx";

/** The texts of the form, which the desk and the admin pages share. */
export interface BlockTexts {
  readonly lead: string;
  readonly time: string;
  readonly times: Readonly<Record<BlockTime, string>>;
  readonly network: string;
  readonly networkHint: string;
  readonly visitOnly: string;
  readonly noNetwork: string;
}

/** The choice of how to block a visitor. `network` is absent until the person
 * has chosen it. */
export interface BlockChoice {
  time: BlockTime;
  network?: boolean;
}

/** Returns whether the address is blocked too. A short block begins with the
 * visit alone, because others can share the address. */
export function blocksNetwork(
  { time, network = time !== "hour" }: BlockChoice,
  blockable: Blockable,
): boolean {
  return blockable.network && network;
}

/** Asks for how long a visitor is blocked, and whether with the address. */
export function BlockForm({ choice, blockable, texts, onChoice }: {
  choice: BlockChoice;
  blockable: Blockable;
  texts: BlockTexts;
  onChoice: (choice: BlockChoice) => void;
}) {
  const isNetwork = blocksNetwork(choice, blockable);
  return (
    <div class="block-form">
      <p>{texts.lead}</p>
      <Select
        label={texts.time}
        value={choice.time}
        options={BLOCK_TIMES.map((value) => ({
          value,
          label: texts.times[value],
        }))}
        onChoose={(time) => onChoice({ ...choice, time })}
      />
      {blockable.network
        ? (
          <Checkbox
            label={texts.network}
            hint={isNetwork ? texts.networkHint : texts.visitOnly}
            checked={isNetwork}
            onToggle={(network) => onChoice({ ...choice, network })}
          />
        )
        : <p class="hint">{texts.noNetwork}</p>}
    </div>
  );
}
