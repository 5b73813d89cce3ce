import { implement } from '@orpc/server'
import { products, type PriceKind } from '../../../contract/products'
import type { CallContext } from '../../platform/call-context'
import type { OpenFile } from '../../platform/open-file'
import type { SaveFile } from '../../platform/save-file'
import { productFiles } from './product-file'
import { importProducts, previewProducts, saveBrokenProducts } from './product-import'
import { exportProducts } from './products.csv'
import { add, detail, list, save, search, type ProductsDeps } from './products.service'

const os = implement(products).$context<CallContext>()

export interface ProductsDoor {
  deps(): ProductsDeps
  readonly openFile: OpenFile
  readonly saveFile: SaveFile
  /** What the price of a new product is where a file does not say it. */
  priceKind(): Promise<PriceKind>
}

export function productsRouter({ deps, openFile, saveFile, priceKind }: ProductsDoor) {
  const files = productFiles(openFile)
  const shop = async () => ({ priceKind: await priceKind() })
  return os.router({
    search: os.search.handler(({ input }) => search(deps(), input.text)),
    list: os.list.handler(({ input }) => list(deps(), input)),
    get: os.get.handler(({ input }) => detail(deps(), input.id)),
    add: os.add.handler(({ input }) => add(deps(), input.fields)),
    save: os.save.handler(({ input }) => save(deps(), input)),
    exportCsv: os.exportCsv.handler(({ input, signal }) =>
      exportProducts({ ...deps(), saveFile }, input, signal),
    ),
    chooseCsv: os.chooseCsv.handler(() => files.choose()),
    previewCsv: os.previewCsv.handler(async ({ input }) =>
      previewProducts(deps(), files.get(input.fileId), await shop()),
    ),
    importCsv: os.importCsv.handler(async ({ input }) =>
      importProducts(deps(), files.get(input.fileId), await shop()),
    ),
    saveBroken: os.saveBroken.handler(async ({ input }) =>
      saveBrokenProducts({ ...deps(), saveFile }, files.get(input.fileId), await shop()),
    ),
  })
}
