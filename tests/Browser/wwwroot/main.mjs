import { dotnet } from './_framework/dotnet.js';

const { runMain, exit } = await dotnet.create();
exit(await runMain());
