import { expect, test } from '../workbench/fixture.ts';

test('opens on the workspace and reaches its engine', async ({ page, client, workbench }) => {
  await expect(page.getByText('Engine ready')).toBeVisible();
  const { workspace } = await client.engine.describe();
  expect(workspace.path).toBe(workbench.workspacePath);
});
