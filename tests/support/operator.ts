import type { Page } from '@playwright/test'
import { operator as keys } from '../../scripts/lib/operator.mjs'

export const operator = (page: Page) => keys(page)
export type Operator = ReturnType<typeof operator>
