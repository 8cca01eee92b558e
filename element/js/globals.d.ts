/** Put in by the build. */
declare const __VERSION__: string;
declare const __WASM__: string;
declare const __CSS__: string;

/** The generated glue, wrapped so that it can be instantiated more than once. */
declare module '#glue' {
  export interface Handle {
    renew(): void;
    cancel(): void;
    check(): void;
    change(settings: unknown[], texts: string[]): void;
    /** Tells why, if it is no document. */
    tell(document: unknown): string | undefined;
    free(): void;
  }
  export interface Glue {
    mount(root: Node, settings: unknown[], texts: string[], tell: (kind: string, parts: any[]) => void): Handle;
  }
  /** Makes an instance. `guard` is put around every function of it; `encodeCode` is what it calls to encode codes. */
  export function instantiate(
    module: WebAssembly.Module,
    encodeCode: (text: string, least: number, better: boolean) => Uint8Array,
    guard: (call: Function) => Function,
  ): Promise<Glue>;
}
