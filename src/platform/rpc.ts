/** The host's end of a webview conversation: typed out, checked in. */
import * as v from 'valibot';
import * as vscode from 'vscode';

export interface Channel<Out> {
  send(message: Out): void;
}

/** Whatever does not fit the schema is logged by shape alone and dropped. */
export function connect<Out, Schema extends v.GenericSchema>(
  webview: vscode.Webview,
  schema: Schema,
  log: vscode.LogOutputChannel,
  receive: (message: v.InferOutput<Schema>) => void,
): Channel<Out> & vscode.Disposable {
  const subscription = webview.onDidReceiveMessage((raw: unknown) => {
    const parsed = v.safeParse(schema, raw);
    if (parsed.success) receive(parsed.output);
    else log.warn(`dropped a message from a webview: ${v.getDotPath(parsed.issues[0]) ?? 'not a message'}`);
  });
  return {
    // a panel that was closed meanwhile has nobody left to tell
    send: (message) => void webview.postMessage(message).then(undefined, () => undefined),
    dispose: () => subscription.dispose(),
  };
}
