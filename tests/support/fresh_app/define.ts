import { createDefine } from "fresh";

export interface State {
  trail: string[];
  title?: string;
}

export const define = createDefine<State>();
