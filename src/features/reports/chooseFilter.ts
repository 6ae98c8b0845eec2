/** A report of which customers and products? */
import * as vscode from 'vscode';
import type { ReportFilter } from '../../domain/report/serviceReport';
import { type Choices, filterOf, type NamedCount } from '../../domain/report/filters';

type FilterItem = vscode.QuickPickItem & { readonly customer?: string; readonly product?: string };

/** @returns undefined where it was left as it is */
export async function chooseFilter(choices: Choices, current: ReportFilter): Promise<ReportFilter | undefined> {
  const { customers, products } = choices;
  if (customers.length + products.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No case names a customer or a product yet.'));
    return undefined;
  }
  const item = ({ name, count }: NamedCount, chosen: readonly string[] = []) => ({
    label: name,
    description: count === 1 ? vscode.l10n.t('1 case') : vscode.l10n.t('{0} cases', count),
    picked: chosen.includes(name),
  });
  const separator = (label: string): FilterItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const picked = await vscode.window.showQuickPick<FilterItem>(
    [
      separator(vscode.l10n.t('Customers')),
      ...customers.map((each) => ({ ...item(each, current.customers), customer: each.name })),
      separator(vscode.l10n.t('Products')),
      ...products.map((each) => ({ ...item(each, current.products), product: each.name })),
    ],
    {
      canPickMany: true,
      title: vscode.l10n.t('Customers and Products of the Report'),
      placeHolder: vscode.l10n.t('Nothing chosen: all of them'),
    },
  );
  if (!picked) return undefined;
  return filterOf(
    picked.flatMap(({ customer }) => customer ?? []),
    picked.flatMap(({ product }) => product ?? []),
  );
}
