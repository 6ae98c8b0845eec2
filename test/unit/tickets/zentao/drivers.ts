/** Which driver brings about which recorded exchange, by its name, and which exchanges the adapter never has. */
import { asked, type Driver } from './driver';
import {
  find,
  noSecond,
  notThere,
  options,
  plans,
  products,
  read,
  refusedSignIn,
  runOut,
  signIn,
  users,
} from './readDrivers';
import {
  activate,
  assign,
  attach,
  close,
  closeUnknown,
  comment,
  commentRunOut,
  create,
  refused,
  runOutAtCreate,
  unknownProduct,
} from './writeDrivers';

const named = (names: string, driver: Driver) => names.split(' ').map((name): [string, Driver] => [name, driver]);

/** Keys that the adapter sends beside those of a recorded request. */
const MORE = ['keywords', 'labels[]', 'steps'];

export const drivers: ReadonlyMap<string, Driver> = new Map([
  ...named('getconfig token-login-ok token-login-dev token-login-support my-user', asked(signIn)),
  ...named('token-login-wrong-password token-login-locked', asked(refusedSignIn)),
  ...named('token-login-unknown-user token-login-empty-body', refusedSignIn),
  ...named('no-token bad-token expired-token', runOut),
  ...named('list-products support-list-products', asked(products)),
  ...named('list-users support-list-users', asked(users)),
  ...named('options-bug-with-product', asked(options)),
  ...named('options-bug list-product-builds-via-options options-bug-with-execution', options),
  ...named('list-plans', asked(plans)),
  ...named(
    'create-bug create-bug-unknown-type-and-assignee create-bug-duplicate-at-once create-bug-with-image',
    asked(create, MORE),
  ),
  ...named('create-bug-multipart-with-files create-bug-for-files create-bug-with-deadline', asked(create, MORE)),
  ...named(
    'create-bug-script-in-steps support-create-bug create-story create-story-with-reviewer',
    asked(create, MORE),
  ),
  ...named('create-bug-trunk-minimal create-story-active', create),
  ...named('create-bug-missing-build', asked(refused('openedBuild'), MORE)),
  ...named('create-bug-empty-build', refused('openedBuild')),
  ...named('create-story-missing-category', asked(refused('category'), MORE)),
  ...named(
    'create-bug-missing-title create-bug-empty-title create-bug-title-too-long create-story-empty-title create-bug-bad-json',
    refused('title'),
  ),
  ...named('create-bug-no-product', refused()),
  ...named('create-bug-bad-deadline', asked(refused('deadline'), MORE)),
  ...named('create-bug-unknown-product', unknownProduct),
  ...named('expired-token-create-bug', asked(runOutAtCreate, MORE)),
  ...named(
    'get-bug get-bug-resolved get-bug-reactivated get-bug-closed get-bug-after-comments get-bug-with-files',
    asked(read),
  ),
  ...named('get-bug-after-legacy-edit get-bug-after-multipart-resolve get-bug-with-plan support-get-bug', asked(read)),
  ...named('get-bug-after-assign-multipart get-bug-after-legacy-edit-keep get-bug-closed-from-active', asked(read)),
  ...named('get-after-edit-title-only get-after-edit-with-deadline get-after-comment-via-assign', asked(read)),
  ...named('get-story get-story-after', asked(read)),
  ...named('get-bug-unknown get-story-unknown get-deleted-bug', asked(notThere)),
  ...named('route-unknown', notThere),
  ...named('list-bugs', asked(find)),
  ...named(
    'list-stories list-assigned-to-me list-opened-by-me list-unclosed list-bugs-timeformat-local list-order-lastedited',
    find,
  ),
  ...named('assign-bug-comment comment-via-assign-keeps-mailto assign-story', asked(assign)),
  ...named('activate-bug activate-closed-bug activate-again activate-story', asked(activate)),
  ...named('close-bug support-close-bug close-active-bug close-story', asked(close)),
  ...named('close-story-missing-reason', close),
  ...named('close-bug-unknown', asked(closeUnknown)),
  ...named('legacy-comment-token-referer', asked(comment(true))),
  ...named('legacy-comment-sid-query legacy-comment-cookie', comment(true)),
  ...named('legacy-comment-token-header', comment(false)),
  ...named('legacy-expired-token', commentRunOut),
  ...named('legacy-get-bug-json legacy-edit-keep-all-fields-with-files', asked(attach, ['labels[]'])),
  ...named('v2-login', noSecond),
]);

const unusedFor = (names: string, reason: string) => names.split(' ').map((name): [string, string] => [name, reason]);

/** Exchanges that the adapter never has, and why. */
export const unused: ReadonlyMap<string, string> = new Map([
  ...unusedFor('ping', 'how long a token lasts is not asked: it is renewed when it has run out'),
  ...unusedFor('langs list-modules', 'labels and modules come with the options'),
  ...unusedFor(
    'create-project create-execution create-build create-build-2 create-plan list-builds',
    'set the servers up',
  ),
  ...unusedFor(
    'confirm-bug-dev resolve-bug-missing-resolution resolve-bug-fixed-without-build resolve-bug',
    'what R&D does',
  ),
  ...unusedFor(
    'resolve-bug-again resolve-bug-multipart-file resolve-duplicate review-story change-story',
    'what R&D does',
  ),
  ...unusedFor('edit-bug edit-bug-plan edit-title-only edit-with-deadline', 'PUT loses the due date'),
  ...unusedFor('close-bug-twice', 'what is closed is not closed again'),
  ...unusedFor('comments-route api-comment-noversion', 'no way to comment'),
  ...unusedFor('assign-multipart-file', 'stores no file'),
  ...unusedFor('legacy-edit-bug-with-file', 'an edit in part empties fields'),
  ...unusedFor('upload-image upload-log-refused get-file', 'only for pictures inside the text'),
  ...unusedFor(
    'download-attachment download-attachment-cookie download-log download-unknown-file',
    'nothing is downloaded',
  ),
  ...unusedFor('support-delete-bug delete-bug', 'nothing is deleted'),
  ...unusedFor('list-tickets list-feedbacks', 'of paid editions'),
  ...unusedFor('v2-bugs', 'v2 is not asked where its login does not exist'),
]);
