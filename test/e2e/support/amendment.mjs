// An amended version of the built-in design, SYNTHETIC: the follow-up asks for pain at the site, and
// CK074 fires below an SpO2 of 94 instead of 70.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { goTo } from './browser.mjs';
import { root } from './study.mjs';

function replaced(text, from, to) {
  if (!text.includes(from)) throw new Error(`the design has no ${from}`);
  return text.replaceAll(from, to);
}

const PAIN = `<ItemDef OID="I.FU.FUPAIN" Name="FUPAIN" DataType="integer"><Question>
<TranslatedText xml:lang="en" Type="text/plain">Pain at the site</TranslatedText>
<TranslatedText xml:lang="zh-CN" Type="text/plain">穿刺点疼痛</TranslatedText></Question></ItemDef>
`;

export function amendedDesign(version) {
  let text = readFileSync(join(root, 'studies/io-hematology/study.xml'), 'utf8');
  text = replaced(text, 'MDV.0.2', `MDV.${version}`);
  text = replaced(text, 'Name="0.2"', `Name="${version}"`);
  const contact = '<ItemRef ItemOID="I.FU.FUDTM" OrderNumber="1" Mandatory="Yes"/>';
  text = replaced(text, contact, `${contact}<ItemRef ItemOID="I.FU.FUPAIN" OrderNumber="1" Mandatory="Yes"/>`);
  text = replaced(text, '<ItemDef OID="I.FU.FUDTM"', `${PAIN}<ItemDef OID="I.FU.FUDTM"`);
  return replaced(text, 'SPO2 < 70 or', 'SPO2 < 94 or');
}

/** On the screen of a person who may: proposes it, and waits until it is shown. */
export async function propose(page, version) {
  await goTo(page, '#/study-design');
  await page.locator('.design-propose > summary').click();
  await page.setInputFiles('#design-file', {
    name: 'SYNTHETIC.xml',
    mimeType: 'application/xml',
    buffer: Buffer.from(amendedDesign(version)),
  });
  await page.fill('#design-reason', 'SYNTHETIC 1');
  await page.fill('#design-approval', 'SYNTHETIC EC-2027-04');
  await page.fill('#design-approved-on', '2027-02-03');
  await page.locator('.design-propose [type=submit]').click();
  await page.locator('.design-proposal .design-change').first().waitFor();
}
