// The page for a browser without access: instead of the workbench it says how to get in.
import { Anchor, Center, Code, MantineProvider, Paper, Stack, Text, Title } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { BrandMark } from './app/brand-mark.tsx';
import { cssVariables, theme } from './theme/theme.ts';

export function showOutside(styleNonce: string): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no element with the id "root"');
  document.title = 'Open Hindcast by its address';
  createRoot(root).render(
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => styleNonce}
    >
      <Outside />
    </MantineProvider>,
  );
}

function Outside() {
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder p="xl" maw={560}>
        <Stack gap="sm">
          <BrandMark />
          <Title order={1} size="h3">
            This browser has no access yet
          </Title>
          <Text>
            Hindcast is running here, but only for the person who started it. In the terminal where it runs,
            it printed an address that ends in <Code>#token=…</Code>: open the whole address in this browser.
          </Text>
          <Text>
            Once is enough: every other tab, link and bookmark works afterwards, until Hindcast is restarted.
          </Text>
          <Text size="sm" c="dimmed">
            Have you opened it in another tab already?{' '}
            <Anchor href={location.href} onClick={reload}>
              Load this page again
            </Anchor>
            .
          </Text>
        </Stack>
      </Paper>
    </Center>
  );
}

function reload(event: { preventDefault(): void }): void {
  event.preventDefault();
  location.reload();
}
