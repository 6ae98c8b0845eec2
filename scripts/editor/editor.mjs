// The one door to this folder for the end-to-end tests; its types are in editor.d.mts.
export { once } from './cache.mjs';
export { chromiumFlags, findChromium } from './chromium.mjs';
export { cleanEnv } from './processes.mjs';
export { installExtensions, settingsFile, startServer } from './server.mjs';
export { serverBuild } from './serverBuild.mjs';
export { testHome, writeSettings } from './settings.mjs';
