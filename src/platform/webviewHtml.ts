/** The page around a webview's script: strict content security policy, a nonce, and nothing of any case in it. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** @param name of the bundle in dist/view, e.g. "caseForm" */
export function webviewHtml(webview: vscode.Webview, extensionUri: vscode.Uri, name: string): string {
  const view = vscode.Uri.joinPath(extensionUri, 'dist', 'view');
  const uri = (...path: string[]) => webview.asWebviewUri(vscode.Uri.joinPath(view, ...path)).toString();
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<title>Casebook</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${uri('codicons', 'codicon.css')}">
<link rel="stylesheet" href="${uri(`${name}.css`)}">
</head>
<body>
<script nonce="${nonce}" src="${uri(`${name}.js`)}"></script>
</body>
</html>`;
}

/** What a webview may load: the built views, nothing else. */
export function viewRoots(extensionUri: vscode.Uri): readonly vscode.Uri[] {
  return [vscode.Uri.joinPath(extensionUri, 'dist', 'view')];
}
