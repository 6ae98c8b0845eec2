/** What the finder and its thread say to each other. */
import type { FindProgress, FindQuery } from '../../domain/search/find';
import type { CatalogOptions, Hit, Part } from './catalog';

export type Request =
  | { readonly number: number; readonly do: 'find'; readonly query: FindQuery }
  | {
      readonly number: number;
      readonly do: 'refresh';
      readonly parts: readonly Part[];
      /** Only these cases. */
      readonly cases?: readonly string[];
    };

export type Reply =
  | { readonly number: number; readonly hits: readonly Hit[] }
  | { readonly number: number; readonly failure: string }
  /** Something changed in the index. */
  | { readonly progress: FindProgress | undefined };

export type ThreadData = CatalogOptions;
