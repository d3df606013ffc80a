#include "support/odm_sample.h"

#include "support/unit.h"

#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>

/* A small design with one of everything. */
static const char *const lines[] = {
    "<ODM xmlns='http://www.cdisc.org/ns/odm/v2.0' FileType='Snapshot' FileOID='t'"
    " CreationDateTime='2026-01-01T00:00:00Z'>",
    "<Study OID='ST' StudyName='A study' ProtocolName='P-1'>",
    "<Description><TranslatedText Type='text/plain' xml:lang='zh'>一项研究"
    "</TranslatedText></Description>",
    "<MetaDataVersion OID='MDV' Name='1.0'>",
    "<Protocol><StudySummary>",
    "<StudyParameter OID='SP1' Term='t' ShortName='PLANSUB'><ParameterValue "
    "Value='52'/>"
    "</StudyParameter>",
    "<StudyParameter OID='SP2' Term='t' ShortName='SITE'><ParameterValue Value='01'>",
    "<Coding System='https://osteon.org/ns/odm/1/number-prefix' Code='H4'/>",
    "<Coding System='https://osteon.org/ns/odm/1/utc-offset' Code='+08:00'/>",
    "</ParameterValue></StudyParameter></StudySummary></Protocol>",
    "<StudyEventGroupDef OID='SEG' Name='g'>",
    "<StudyEventRef StudyEventOID='SE.A' Mandatory='Yes'/></StudyEventGroupDef>",
    "<StudyEventDef OID='SE.A' Name='Visit A' Repeating='No' Type='Scheduled'>",
    "<ItemGroupRef ItemGroupOID='F.B' OrderNumber='2' Mandatory='Yes'/>",
    "<ItemGroupRef ItemGroupOID='F.A' OrderNumber='1' Mandatory='Yes'/>",
    "<Coding System='https://osteon.org/ns/odm/1/target' Code='day 1'/>",
    "<Coding System='https://osteon.org/ns/odm/1/target/zh-CN' Code='第1天'/>",
    "</StudyEventDef>",
    "<ItemGroupDef OID='F.A' Name='Form A' Repeating='No' Type='Form' "
    "CommentOID='COM'>",
    "<ItemGroupRef ItemGroupOID='IG.A' Mandatory='Yes'/>",
    "<ItemGroupRef ItemGroupOID='IG.ROWS' Mandatory='Yes'/></ItemGroupDef>",
    "<ItemGroupDef OID='F.B' Name='Form B' Repeating='Simple' Type='Form'>",
    "<ItemGroupRef ItemGroupOID='IG.B' Mandatory='Yes'/></ItemGroupDef>",
    "<ItemGroupDef OID='IG.A' Name='Section A' Repeating='No' Type='Section'>",
    "<ItemRef ItemOID='I.AGE' Mandatory='Yes' OrderNumber='2'/>",
    "<ItemRef ItemOID='I.SEX' Mandatory='Yes' OrderNumber='1'/>",
    "<ItemRef ItemOID='I.PREG' Mandatory='Yes' CollectionExceptionConditionOID='C.F'/>",
    "<ItemRef ItemOID='I.BMI' Mandatory='No' MethodOID='M.BMI'>"
    "<Origin Type='Derived'/></ItemRef>",
    "</ItemGroupDef>",
    "<ItemGroupDef OID='IG.ROWS' Name='Rows' Repeating='Dynamic' Type='Section'>",
    "<ItemRef ItemOID='I.PLACE' Mandatory='Yes' Repeat='Yes'/></ItemGroupDef>",
    "<ItemGroupDef OID='IG.B' Name='Section B' Repeating='No' Type='Section'>",
    "<ItemRef ItemOID='I.SEQ' Mandatory='No' KeySequence='1'/></ItemGroupDef>",
    "<ItemDef OID='I.AGE' Name='AGE' DataType='integer'>",
    "<Question><TranslatedText Type='text/plain' xml:lang='en'>\n  Age in\n  years "
    "</TranslatedText>",
    "<TranslatedText Type='text/plain' xml:lang='zh-CN'>年龄</TranslatedText>",
    "<TranslatedText Type='text/plain' xml:lang='fr'>Âge</TranslatedText></Question>",
    "<CRFCompletionInstructions><TranslatedText Type='text/plain'>completed years"
    "</TranslatedText></CRFCompletionInstructions>",
    "<RangeCheck Comparator='GE' "
    "SoftHard='Hard'><CheckValue>0</CheckValue></RangeCheck>",
    "<RangeCheck Comparator='LE' SoftHard='Soft'><CheckValue> 65 </CheckValue>"
    "</RangeCheck>",
    "<Coding System='http://unitsofmeasure.org' Code='a'/>",
    "<Coding System='http://loinc.org' Code='30525-0'/>",
    "<Coding System='https://osteon.org/ns/odm/1/privacy' Code='identity'/>",
    "<Coding System='https://osteon.org/ns/odm/1/second-check' Code='repeat'/>",
    "</ItemDef>",
    "<ItemDef OID='I.SEX' Name='SEX' DataType='text'><CodeListRef "
    "CodeListOID='CL.SEX'/>"
    "</ItemDef>",
    "<ItemDef OID='I.PREG' Name='PREG' DataType='text' Length='200'>",
    "<Description><TranslatedText Type='text/plain'>Pregnant</TranslatedText>"
    "</Description></ItemDef>",
    "<ItemDef OID='I.BMI' Name='BMI' DataType='decimal' DisplayFormat='4.1'/>",
    "<ItemDef OID='I.PLACE' Name='PLACE' DataType='text'>",
    "<CodeListRef CodeListOID='CL.SEX'/>",
    "<Coding System='https://osteon.org/ns/odm/1/multiple' Code='Yes'/></ItemDef>",
    "<ItemDef OID='I.SEQ' Name='SEQ' DataType='partialDate'/>",
    "<CodeList OID='CL.SEX' Name='Sex' DataType='text'>",
    "<CodeListItem CodedValue='F' OrderNumber='2'><Decode>"
    "<TranslatedText Type='text/plain' xml:lang='en'>Female</TranslatedText></Decode>"
    "</CodeListItem>",
    "<CodeListItem CodedValue='M' OrderNumber='1'/></CodeList>",
    "<ConditionDef OID='C.F' Name='c'><Description>"
    "<TranslatedText Type='text/plain'>Left out unless SEX=F</TranslatedText>"
    "</Description><MethodSignature/></ConditionDef>",
    "<MethodDef OID='M.BMI' Name='m'><Description>"
    "<TranslatedText Type='text/plain'>weight by height squared</TranslatedText>"
    "</Description><MethodSignature/></MethodDef>",
    "<CommentDef OID='COM'><Description>"
    "<TranslatedText Type='text/plain'>One per patient</TranslatedText>"
    "</Description></CommentDef>",
    "</MetaDataVersion></Study>",
    "<AdminData><Organization OID='O' Name='Sponsor' Type='Sponsor'/>",
    "<Location OID='01' Name='The site' Role='Site'/></AdminData>",
    "</ODM>",
};

int odm_sample_make(void **state)
{
    struct odm_sample *f = calloc(1, sizeof *f);
    f->study = arena_new(LIMIT_DESIGN_ARENA);
    *state = f;
    return 0;
}

int odm_sample_unmake(void **state)
{
    struct odm_sample *f = *state;
    arena_free(f->study);
    free(f);
    return 0;
}

/* One line of the document a line. */
struct text odm_sample_text(struct arena *arena, const char *part, const char *by)
{
    struct buffer whole = buffer_in(arena, 1 << 20);
    for (size_t i = 0; i < ARRAY_COUNT(lines); i++) {
        buffer_text_add(&whole, text_of(lines[i]));
        buffer_byte(&whole, '\n');
    }
    buffer_byte(&whole, '\0');
    const char *at = part == NULL ? NULL : strstr(whole.at, part);
    if (part == NULL)
        return (struct text){whole.at, whole.len - 1};
    assert_non_null(at);
    struct buffer changed = buffer_in(arena, 4 << 20);
    buffer_bytes(&changed, whole.at, (size_t)(at - whole.at));
    buffer_text_add(&changed, text_of(by));
    buffer_text_add(&changed, text_of(at + strlen(part)));
    return (struct text){changed.at, changed.len};
}

bool odm_sample_read(void **state, const char *part, const char *by, struct error *err)
{
    struct odm_sample *f = *state;
    return odm_design_read(odm_sample_text(f->study, part, by), f->study, &f->design,
                           &f->findings, err);
}
